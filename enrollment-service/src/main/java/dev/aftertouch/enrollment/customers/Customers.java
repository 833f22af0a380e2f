package dev.aftertouch.enrollment.customers;

import dev.aftertouch.enrollment.sql.JsonText;
import dev.aftertouch.enrollment.sql.Rows;
import dev.aftertouch.service.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The customers' rows. */
@Repository
class Customers {
  private static final String COLUMNS =
      """
      c.business_id, c.customer_id, c.external_id, c.first_name, c.last_name, c.email, c.phone, c.address::text, c.given_zone,
      c.region, c.time_zones, c.zone_evidence, c.custom_fields::text, c.notes::text, c.revision, c.told_at, c.created_at
      """;

  private static final String TELL_ENROLLMENTS =
      """
      UPDATE enrollments e SET customer_revision = x.revision
      FROM unnest(:businesses, :ids, :revisions) AS x (business_id, customer_id, revision)
      WHERE e.business_id = x.business_id AND e.customer_id = x.customer_id AND e.status = 'active'
      """;

  private static final String TELL_DUE_ROWS =
      """
      UPDATE due_touches d SET customer_revision = x.revision
      FROM unnest(:businesses, :ids, :revisions) AS x (business_id, customer_id, revision)
      JOIN enrollments e USING (business_id, customer_id)
      WHERE e.status = 'active' AND d.business_id = e.business_id AND d.enrollment_id = e.enrollment_id
      """;

  private final JdbcClient jdbc;
  private final JsonText json;

  Customers(JdbcClient jdbc, JsonText json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Those of the customers that are known, locked in the order of their ids. */
  List<Customer> lock(Collection<CustomerKey> keys) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                FROM unnest(:businesses, :externalIds) AS wanted (business_id, external_id)
                JOIN customers c USING (business_id, external_id)
                ORDER BY c.business_id, c.customer_id
                FOR NO KEY UPDATE OF c
                """)
        .param("businesses", Columns.uuids(keys, CustomerKey::businessId))
        .param("externalIds", Columns.texts(keys, CustomerKey::externalId))
        .query(this::customer)
        .list();
  }

  /** Adds or replaces those that are not erased; returns how many. */
  int save(Collection<Customer> customers) {
    return jdbc.sql(
            """
            INSERT INTO customers AS known
              (business_id, customer_id, external_id, first_name, last_name, email, phone, address, given_zone, region,
               time_zones, zone_evidence, custom_fields, notes, revision, told_at, created_at)
            SELECT business_id, customer_id, external_id, first_name, last_name, email, phone, address::jsonb, given_zone, region,
                   string_to_array(time_zones, ' '), zone_evidence, custom_fields::jsonb, notes::jsonb, revision, told_at,
                   created_at
            FROM unnest(:businesses, :ids, :externalIds, :firstNames, :lastNames, :emails, :phones, :addresses, :givenZones,
                        :regions, :timeZones, :evidence, :customFields, :notes, :revisions, :toldAt, :createdAt)
              AS told (business_id, customer_id, external_id, first_name, last_name, email, phone, address, given_zone, region,
                       time_zones, zone_evidence, custom_fields, notes, revision, told_at, created_at)
            ORDER BY business_id, customer_id
            ON CONFLICT (business_id, customer_id) DO UPDATE SET
              first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email,
              phone = excluded.phone, address = excluded.address, given_zone = excluded.given_zone, region = excluded.region,
              time_zones = excluded.time_zones, zone_evidence = excluded.zone_evidence,
              custom_fields = excluded.custom_fields, notes = excluded.notes, revision = excluded.revision,
              told_at = excluded.told_at
            WHERE known.erased_at IS NULL
            """)
        .param("businesses", Columns.uuids(customers, Customer::businessId))
        .param("ids", Columns.uuids(customers, Customer::customerId))
        .param("externalIds", Columns.texts(customers, Customer::externalId))
        .param("firstNames", Columns.texts(customers, Customer::firstName))
        .param("lastNames", Columns.texts(customers, Customer::lastName))
        .param("emails", Columns.texts(customers, Customer::email))
        .param("phones", Columns.texts(customers, Customer::phone))
        .param("addresses", Columns.texts(customers, c -> json.write(c.address())))
        .param("givenZones", Columns.texts(customers, Customer::givenZone))
        .param("regions", Columns.texts(customers, Customer::region))
        .param("timeZones", Columns.texts(customers, c -> String.join(" ", c.timeZones())))
        .param("evidence", Columns.texts(customers, Customer::zoneEvidence))
        .param("customFields", Columns.texts(customers, c -> json.write(c.customFields())))
        .param("notes", Columns.texts(customers, c -> json.write(c.notes())))
        .param("revisions", Columns.longs(customers, Customer::revision))
        .param("toldAt", Columns.instants(customers, Customer::toldAt))
        .param("createdAt", Columns.instants(customers, Customer::createdAt))
        .update();
  }

  /**
   * Tells the active enrollments of customers, who are locked, of the new revisions, and after that
   * their due rows: also one that was added while this waited for its enrollment.
   */
  void tellEnrollments(Collection<Customer> changed) {
    for (String statement : List.of(TELL_ENROLLMENTS, TELL_DUE_ROWS)) {
      jdbc.sql(statement)
          .param("businesses", Columns.uuids(changed, Customer::businessId))
          .param("ids", Columns.uuids(changed, Customer::customerId))
          .param("revisions", Columns.longs(changed, Customer::revision))
          .update();
    }
  }

  /** When those of the customers were erased that were. */
  Map<UUID, Instant> erasedAmong(Collection<Customer> customers) {
    Map<UUID, Instant> erased = new HashMap<>();
    jdbc.sql(
            """
            SELECT c.customer_id, c.erased_at
            FROM unnest(:businesses, :ids) AS wanted (business_id, customer_id)
            JOIN customers c USING (business_id, customer_id)
            WHERE c.erased_at IS NOT NULL
            """)
        .param("businesses", Columns.uuids(customers, Customer::businessId))
        .param("ids", Columns.uuids(customers, Customer::customerId))
        .query(
            row -> {
              erased.put(Rows.uuid(row, "customer_id"), Rows.instant(row, "erased_at"));
            });
    return erased;
  }

  /** Leaves nothing of the locked customer but that there was one. */
  void erase(UUID businessId, UUID customerId, long revision, Instant at) {
    jdbc.sql(
            """
            UPDATE customers SET
              external_id = NULL, first_name = NULL, last_name = NULL, email = NULL, phone = NULL, address = '{}',
              given_zone = NULL, region = NULL, time_zones = '{UTC}', zone_evidence = 'erased', custom_fields = '{}',
              notes = '[]', revision = :revision, erased_at = :at
            WHERE business_id = :business AND customer_id = :customer
            """)
        .param("business", businessId)
        .param("customer", customerId)
        .param("revision", revision)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  Optional<Customer> find(UUID customerId) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM customers c WHERE c.customer_id = :id AND c.erased_at IS NULL")
        .param("id", customerId)
        .query(this::customer)
        .optional();
  }

  /**
   * The customer that is not erased, locked; by its id where one is given, else by the external id.
   */
  Optional<Customer> lock(UUID businessId, @Nullable UUID customerId, @Nullable String externalId) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                FROM customers c
                WHERE c.business_id = :business
                  AND (c.customer_id = :id OR (:id::uuid IS NULL AND c.external_id = :externalId))
                  AND c.erased_at IS NULL
                FOR NO KEY UPDATE
                """)
        .param("business", businessId)
        .param("id", customerId, java.sql.Types.OTHER)
        .param("externalId", externalId, java.sql.Types.VARCHAR)
        .query(this::customer)
        .optional();
  }

  /**
   * A page in the order of the external ids, only the one of that external id where one is given.
   */
  List<Customer> page(@Nullable String externalId, int limit, long offset) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                FROM customers c
                WHERE (:externalId::text IS NULL OR c.external_id = :externalId) AND c.erased_at IS NULL
                ORDER BY c.business_id, c.external_id
                LIMIT :limit OFFSET :offset
                """)
        .param("externalId", externalId, java.sql.Types.VARCHAR)
        .param("limit", limit)
        .param("offset", offset)
        .query(this::customer)
        .list();
  }

  private Customer customer(ResultSet row, int index) throws SQLException {
    return new Customer(
        Rows.uuid(row, "business_id"),
        Rows.uuid(row, "customer_id"),
        row.getString("external_id"),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getString("email"),
        row.getString("phone"),
        json.map(row.getString("address")),
        row.getString("given_zone"),
        row.getString("region"),
        List.of((String[]) row.getArray("time_zones").getArray()),
        row.getString("zone_evidence"),
        json.map(row.getString("custom_fields")),
        json.list(row.getString("notes")),
        row.getLong("revision"),
        Rows.instant(row, "told_at"),
        Rows.instant(row, "created_at"));
  }
}
