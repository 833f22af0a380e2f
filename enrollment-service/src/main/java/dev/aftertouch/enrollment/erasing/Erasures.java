package dev.aftertouch.enrollment.erasing;

import dev.aftertouch.enrollment.sql.Rows;
import dev.aftertouch.service.sql.Columns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Erasures and their parts; and the erasing of this service's rows. */
@Repository
class Erasures {
  /** What was asked for. */
  record Erasure(UUID customerId, String reason, String requestedBy, Instant requestedAt) {}

  /** What one service has done. */
  record Part(String service, Instant erasedAt, Map<String, Long> counts) {}

  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.shared();

  Erasures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Erasure> find(UUID businessId, UUID customerId) {
    return jdbc.sql(
            """
            SELECT customer_id, reason, requested_by, requested_at FROM erasures
            WHERE business_id = :business AND customer_id = :customer
            """)
        .param("business", businessId)
        .param("customer", customerId)
        .query(
            (row, index) ->
                new Erasure(
                    Rows.uuid(row, "customer_id"),
                    row.getString("reason"),
                    row.getString("requested_by"),
                    Rows.instant(row, "requested_at")))
        .optional();
  }

  List<Part> parts(UUID businessId, UUID customerId) {
    return jdbc.sql(
            """
            SELECT service, erased_at, counts::text FROM erasure_parts
            WHERE business_id = :business AND customer_id = :customer ORDER BY erased_at, service
            """)
        .param("business", businessId)
        .param("customer", customerId)
        .query(
            (row, index) ->
                new Part(
                    row.getString("service"),
                    Rows.instant(row, "erased_at"),
                    json.readValue(row.getString("counts"), COUNTS)))
        .list();
  }

  void add(UUID businessId, Erasure erasure) {
    jdbc.sql(
            """
            INSERT INTO erasures (business_id, customer_id, reason, requested_by, requested_at)
            VALUES (:business, :customer, :reason, :by, :at)
            """)
        .param("business", businessId)
        .param("customer", erasure.customerId())
        .param("reason", erasure.reason())
        .param("by", erasure.requestedBy())
        .param("at", erasure.requestedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Keeps the first word of each service; a repeat changes nothing. */
  void addPart(UUID businessId, UUID customerId, Part part) {
    jdbc.sql(
            """
            INSERT INTO erasure_parts (business_id, customer_id, service, erased_at, counts)
            VALUES (:business, :customer, :service, :at, :counts::jsonb)
            ON CONFLICT (business_id, customer_id, service) DO NOTHING
            """)
        .param("business", businessId)
        .param("customer", customerId)
        .param("service", part.service())
        .param("at", part.erasedAt().atOffset(ZoneOffset.UTC))
        .param("counts", json.writeValueAsString(part.counts()))
        .update();
  }

  /** All enrollments that the customer ever had. */
  List<UUID> enrollmentsOf(UUID businessId, UUID customerId) {
    return jdbc.sql(
            """
            SELECT enrollment_id FROM enrollments
            WHERE business_id = :business AND customer_id = :customer ORDER BY enrolled_at, enrollment_id
            """)
        .param("business", businessId)
        .param("customer", customerId)
        .query(UUID.class)
        .list();
  }

  /**
   * What the customer's jobs were worth goes; that they were done, and where they led to, stays.
   */
  int eraseJobValues(UUID businessId, UUID customerId, List<UUID> enrollments) {
    jdbc.sql(
            """
            UPDATE enrollments SET job_value = NULL
            WHERE business_id = :business AND enrollment_id = ANY (:enrollments) AND job_value IS NOT NULL
            """)
        .param("business", businessId)
        .param("enrollments", Columns.uuids(enrollments, id -> id))
        .update();
    return jdbc.sql(
            """
            UPDATE jobs SET value = NULL
            WHERE business_id = :business AND customer_id = :customer AND value IS NOT NULL
            """)
        .param("business", businessId)
        .param("customer", customerId)
        .update();
  }
}
