package dev.aftertouch.dispatch.replicas;

import dev.aftertouch.facts.CustomerChanged;
import dev.aftertouch.facts.CustomerErased;
import dev.aftertouch.facts.CustomerFact;
import dev.aftertouch.service.sql.Column;
import dev.aftertouch.service.sql.Columns;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The customers as the gate needs them. */
public final class Recipients {
  /** A customer of a business. */
  public record Key(UUID business, UUID customer) {}

  /**
   * A customer as he was last seen.
   *
   * @param region ISO 3166-2 code of the address's state or province, when known
   * @param customFields JSON object of text values; read it with {@link #fields}
   */
  public record Recipient(
      long revision,
      boolean erased,
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String email,
      @Nullable String phone,
      List<ZoneId> zones,
      String zoneEvidence,
      @Nullable String region,
      String customFields) {}

  private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.builder().build();

  Recipients(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The customers of those keys; one never seen is absent. */
  public Map<Key, Recipient> find(Collection<Key> keys) {
    Map<Key, Recipient> found = HashMap.newHashMap(keys.size());
    jdbc.sql(
            """
            SELECT r.business_id, r.customer_id, r.revision, r.erased, r.first_name, r.last_name, r.email, r.phone,
                   array_to_string(r.time_zones, ',') AS zones, r.zone_evidence, r.region,
                   r.custom_fields::text AS custom_fields
            FROM unnest(:businesses, :customers) AS k (business_id, customer_id)
            JOIN recipients r USING (business_id, customer_id)
            """)
        .param("businesses", Columns.uuids(keys, Key::business))
        .param("customers", Columns.uuids(keys, Key::customer))
        .query(
            row -> {
              found.put(
                  new Key(
                      row.getObject("business_id", UUID.class),
                      row.getObject("customer_id", UUID.class)),
                  new Recipient(
                      row.getLong("revision"),
                      row.getBoolean("erased"),
                      row.getString("first_name"),
                      row.getString("last_name"),
                      row.getString("email"),
                      row.getString("phone"),
                      zones(row.getString("zones")),
                      row.getString("zone_evidence"),
                      row.getString("region"),
                      row.getString("custom_fields")));
            });
    return found;
  }

  /** The custom fields by name. */
  public Map<String, String> fields(Recipient recipient) {
    return recipient.customFields().length() <= 2
        ? Map.of()
        : json.readValue(recipient.customFields(), FIELDS);
  }

  private static List<ZoneId> zones(String joined) {
    if (joined.indexOf(',') < 0) {
      return joined.isEmpty() ? List.of() : List.of(ZoneId.of(joined));
    }
    List<ZoneId> zones = new ArrayList<>();
    for (String zone : joined.split(",")) {
      zones.add(ZoneId.of(zone));
    }
    return zones;
  }

  /**
   * Works facts in with one statement, and one more for each erasure; an older revision never
   * replaces a newer one; an erasure replaces all, and nothing an erasure.
   */
  void apply(List<CustomerFact> facts) {
    Map<Key, CustomerFact> newest = new LinkedHashMap<>();
    for (CustomerFact fact : facts) {
      newest.merge(new Key(fact.getBusinessId(), fact.getCustomerId()), fact, Recipients::newer);
    }
    List<CustomerFact> rows =
        newest.values().stream()
            .sorted(
                Comparator.comparing(CustomerFact::getBusinessId)
                    .thenComparing(CustomerFact::getCustomerId))
            .toList();
    rows.stream().filter(fact -> changed(fact) == null).forEach(this::note);
    jdbc.sql(
            """
            INSERT INTO recipients (business_id, customer_id, revision, erased, first_name, last_name, email, phone,
                                    time_zones, zone_evidence, region, custom_fields)
            SELECT n.business_id, n.customer_id, n.revision, n.erased, n.first_name, n.last_name, n.email, n.phone,
                   string_to_array(n.zones, ','), n.zone_evidence, n.region, n.custom_fields::json
            FROM unnest(:businesses, :customers, :revisions, :erased, :firstNames, :lastNames, :emails, :phones, :zones,
                        :zoneEvidence, :regions, :customFields)
              AS n (business_id, customer_id, revision, erased, first_name, last_name, email, phone, zones, zone_evidence,
                    region, custom_fields)
            ON CONFLICT (business_id, customer_id) DO UPDATE
            SET revision = excluded.revision, erased = excluded.erased, first_name = excluded.first_name,
                last_name = excluded.last_name, email = excluded.email, phone = excluded.phone,
                time_zones = excluded.time_zones, zone_evidence = excluded.zone_evidence, region = excluded.region,
                custom_fields = excluded.custom_fields
            WHERE NOT recipients.erased AND (recipients.revision < excluded.revision OR excluded.erased)
            """)
        .param("businesses", Columns.uuids(rows, CustomerFact::getBusinessId))
        .param("customers", Columns.uuids(rows, CustomerFact::getCustomerId))
        .param("revisions", Columns.longs(rows, CustomerFact::getRevision))
        .param("erased", Columns.flags(rows, fact -> changed(fact) == null))
        .param("firstNames", of(rows, CustomerChanged::getFirstName))
        .param("lastNames", of(rows, CustomerChanged::getLastName))
        .param("emails", of(rows, CustomerChanged::getEmail))
        .param("phones", of(rows, CustomerChanged::getPhone))
        .param("zones", Columns.texts(rows, Recipients::joinedZones))
        .param("zoneEvidence", Columns.texts(rows, Recipients::evidence))
        .param("regions", of(rows, CustomerChanged::getRegion))
        .param("customFields", Columns.texts(rows, this::writtenFields))
        .update();
  }

  /**
   * Notes that the customer is to be erased everywhere here, with the addresses that lead to what
   * is left of it, before its own row loses them. The first word counts.
   */
  private void note(CustomerFact erased) {
    jdbc.sql(
            """
            INSERT INTO erasures (business_id, customer_id, emails, phones, asked_at)
            SELECT :business, :customer, array_remove(ARRAY[r.email], NULL), array_remove(ARRAY[r.phone], NULL), :at
            FROM (SELECT 1) AS one
            LEFT JOIN recipients r ON r.business_id = :business AND r.customer_id = :customer
            ON CONFLICT (business_id, customer_id) DO NOTHING
            """)
        .param("business", erased.getBusinessId())
        .param("customer", erased.getCustomerId())
        .param("at", erased.getChangedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * An erasure is the last word whatever its revision: a crash between publishing and commit may
   * have published the same revision before.
   */
  private static CustomerFact newer(CustomerFact one, CustomerFact other) {
    if (changed(one) == null || changed(other) == null) {
      return changed(one) == null ? one : other;
    }
    return one.getRevision() >= other.getRevision() ? one : other;
  }

  private static @Nullable CustomerChanged changed(CustomerFact fact) {
    return switch (fact.getFact()) {
      case CustomerChanged changed -> changed;
      case CustomerErased erased -> null;
      default -> throw new IllegalArgumentException("Unknown kind of customer fact");
    };
  }

  private static String joinedZones(CustomerFact fact) {
    CustomerChanged changed = changed(fact);
    return changed == null ? "" : String.join(",", changed.getTimeZones());
  }

  private static String evidence(CustomerFact fact) {
    CustomerChanged changed = changed(fact);
    return changed == null ? "erased" : changed.getZoneEvidence();
  }

  private String writtenFields(CustomerFact fact) {
    CustomerChanged changed = changed(fact);
    return changed == null || changed.getCustomFields().isEmpty()
        ? "{}"
        : json.writeValueAsString(changed.getCustomFields());
  }

  private static Column of(
      List<CustomerFact> rows, Function<CustomerChanged, @Nullable String> field) {
    return Columns.texts(
        rows,
        fact -> {
          CustomerChanged changed = changed(fact);
          return changed == null ? null : field.apply(changed);
        });
  }
}
