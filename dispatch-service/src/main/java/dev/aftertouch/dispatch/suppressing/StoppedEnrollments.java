package dev.aftertouch.dispatch.suppressing;

import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.engine.gate.GateFacts;
import dev.aftertouch.service.sql.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Enrollments that ended early, which is never taken back, and those that wait until a click is
 * judged that may have ended them.
 */
public final class StoppedEnrollments {
  /** A stop. */
  public record Stop(UUID business, UUID enrollment, String reason, Instant stoppedAt) {}

  /** An enrollment of a business. */
  public record Key(UUID business, UUID enrollment) {}

  private final JdbcClient jdbc;

  StoppedEnrollments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those that were stopped, with the reason's code; and those that only wait, with {@link
   * GateFacts#CLICK_IN_DOUBT}. One statement: who stops and releases in one transaction leaves no
   * moment in which neither is seen. For the gate.
   */
  public Map<Key, String> among(Collection<Key> enrollments) {
    Map<Key, String> stopped = new HashMap<>();
    jdbc.sql(
            """
            WITH e AS (
              SELECT * FROM unnest(:businesses, :enrollments) AS e (business_id, enrollment_id))
            SELECT s.business_id, s.enrollment_id, s.reason FROM e JOIN stopped_enrollments s USING (business_id, enrollment_id)
            UNION ALL
            SELECT h.business_id, h.enrollment_id, :held FROM e JOIN click_holds h USING (business_id, enrollment_id)
            """)
        .param("held", GateFacts.CLICK_IN_DOUBT)
        .param("businesses", Columns.uuids(enrollments, Key::business))
        .param("enrollments", Columns.uuids(enrollments, Key::enrollment))
        .query(
            row -> {
              stopped.merge(
                  new Key(
                      row.getObject("business_id", UUID.class),
                      row.getObject("enrollment_id", UUID.class)),
                  row.getString("reason"),
                  (one, other) -> one.equals(GateFacts.CLICK_IN_DOUBT) ? other : one);
            });
    return stopped;
  }

  /** Writes stops down; the first reason stays. Returns how many are new. */
  public int add(List<Stop> stops) {
    if (stops.isEmpty()) {
      return 0;
    }
    return jdbc.sql(
            """
            INSERT INTO stopped_enrollments (business_id, enrollment_id, reason, stopped_at)
            SELECT * FROM unnest(:businesses, :enrollments, :reasons, :stoppedAt)
            ON CONFLICT (business_id, enrollment_id) DO NOTHING
            """)
        .param("businesses", Columns.uuids(stops, Stop::business))
        .param("enrollments", Columns.uuids(stops, Stop::enrollment))
        .param("reasons", Columns.texts(stops, Stop::reason))
        .param("stoppedAt", Columns.instants(stops, Stop::stoppedAt))
        .update();
  }

  /** Lets the gate wait with the enrollment until that hit is judged. */
  void hold(UUID business, UUID enrollment, UUID hit) {
    jdbc.sql(
            """
            INSERT INTO click_holds (business_id, enrollment_id, hit_id) VALUES (:business, :enrollment, :hit)
            ON CONFLICT DO NOTHING
            """)
        .param("business", business)
        .param("enrollment", enrollment)
        .param("hit", hit)
        .update();
  }

  /** Ends what {@link #hold} began. */
  void release(UUID business, UUID enrollment, UUID hit) {
    jdbc.sql(
            """
            DELETE FROM click_holds WHERE business_id = :business AND enrollment_id = :enrollment AND hit_id = :hit
            """)
        .param("business", business)
        .param("enrollment", enrollment)
        .param("hit", hit)
        .update();
  }

  /** Writes down a stop of every enrollment of the customer that the gate has heard of. */
  void addAllOf(UUID business, UUID customer, String reason, Instant stoppedAt) {
    jdbc.sql(
            """
            INSERT INTO stopped_enrollments (business_id, enrollment_id, reason, stopped_at)
            SELECT DISTINCT t.business_id, t.enrollment_id, :reason, :stoppedAt::timestamptz FROM touches t
            WHERE t.business_id = :business AND t.customer_id = :customer
            ON CONFLICT (business_id, enrollment_id) DO NOTHING
            """)
        .param("business", business)
        .param("customer", customer)
        .param("reason", reason)
        .param("stoppedAt", stoppedAt.toString())
        .update();
  }

  /** Enrollments of the customer that the gate has heard of and whose campaign has that purpose. */
  List<UUID> enrollments(UUID business, UUID customer, Purpose purpose) {
    return jdbc
        .sql(
            """
            SELECT DISTINCT t.enrollment_id, v.definition->>'kind' AS kind, v.definition->'settings'->>'purpose' AS purpose
            FROM touches t JOIN campaign_versions v USING (business_id, campaign_id, version)
            WHERE t.business_id = :business AND t.customer_id = :customer ORDER BY 1
            """)
        .param("business", business)
        .param("customer", customer)
        .query(
            (row, number) ->
                Map.entry(
                    row.getObject("enrollment_id", UUID.class),
                    Purpose.written(row.getString("kind"), row.getString("purpose"))))
        .stream()
        .filter(enrollment -> enrollment.getValue() == purpose)
        .map(Map.Entry::getKey)
        .toList();
  }
}
