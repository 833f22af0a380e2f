package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.enrollment.directory.FollowedVersion;
import dev.aftertouch.enrollment.directory.VersionKey;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.sql.Rows;
import dev.aftertouch.service.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What falls due when: one row for each enrollment that waits for a step. */
@Repository
class DueTouches {
  private static final String COLUMNS =
      """
      d.business_id, d.enrollment_id, d.campaign_id, d.version, d.definition_id, d.customer_id, d.customer_revision, d.job_id,
      d.service_type, d.job_completed_at, d.job_value, d.touches_completed, d.step_id, d.round, d.scheduled_at, d.due_at, d.ctid
      """;

  private final JdbcClient jdbc;

  DueTouches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Locks what is due, earliest first, leaving out what another instance has locked. What is due at
   * the same instant, as at the end of the night, comes business by business: what is read, counted
   * and paced by business is then read and written once for many touches.
   *
   * @param front before which it does not look
   */
  List<Due> oldest(ClaimFront front, Instant now, int limit) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                FROM due_touches d
                WHERE NOT held AND (due_at, business_id) >= (:frontDueAt, :frontBusiness) AND due_at <= :now
                ORDER BY due_at, business_id
                LIMIT :limit
                FOR UPDATE SKIP LOCKED
                """)
        .param("frontDueAt", Timestamp.from(front.dueAt()))
        .param("frontBusiness", front.businessId())
        .param("now", Timestamp.from(now))
        .param("limit", limit)
        .query(DueTouches::due)
        .list();
  }

  /**
   * Locks what is due of other businesses: those first that have waited longest, of each no more
   * than its share, earliest first. It steps from business to business in the index, so it costs
   * what the businesses cost that wait for anything, and not what the crowd in front of them does.
   */
  List<Due> oldestOfOthers(Collection<UUID> served, Instant now, int limit, int share) {
    return jdbc.sql(
            """
            WITH RECURSIVE waiting (business_id, due_at) AS (
              (SELECT business_id, due_at FROM due_touches WHERE NOT held ORDER BY business_id, due_at LIMIT 1)
              UNION ALL
              SELECT next.business_id, next.due_at
              FROM waiting w CROSS JOIN LATERAL (
                SELECT d.business_id, d.due_at FROM due_touches d
                WHERE NOT d.held AND d.business_id > w.business_id
                ORDER BY d.business_id, d.due_at LIMIT 1) AS next)
            SELECT %s
            FROM (
              SELECT business_id FROM waiting
              WHERE due_at <= :now AND business_id <> ALL (:served)
              ORDER BY due_at LIMIT :limit) AS others
            CROSS JOIN LATERAL (
              SELECT t.*, t.ctid FROM due_touches t
              WHERE NOT t.held AND t.business_id = others.business_id AND t.due_at <= :now
              ORDER BY t.due_at LIMIT :share
              FOR UPDATE SKIP LOCKED) AS d
            LIMIT :limit
            """
                .formatted(COLUMNS))
        .param("now", Timestamp.from(now))
        .param("served", Columns.uuids(served, business -> business))
        .param("limit", limit)
        .param("share", share)
        .query(DueTouches::due)
        .list();
  }

  private static Due due(ResultSet row, int index) throws SQLException {
    UUID business = Rows.uuid(row, "business_id");
    return new Due(
        new EnrollmentKey(business, Rows.uuid(row, "enrollment_id")),
        new FollowedVersion(
            new VersionKey(business, Rows.uuid(row, "campaign_id"), row.getInt("version")),
            row.getObject("definition_id", UUID.class)),
        Rows.uuid(row, "customer_id"),
        row.getLong("customer_revision"),
        row.getString("job_id"),
        row.getString("service_type"),
        Rows.optionalInstant(row, "job_completed_at"),
        row.getBigDecimal("job_value"),
        row.getInt("touches_completed"),
        new Waiting(
            row.getString("step_id"),
            Rows.instant(row, "scheduled_at"),
            Rows.instant(row, "due_at"),
            row.getInt("round")),
        row.getString("ctid"));
  }

  /** Removes rows that the caller has locked. Returns how many there were. */
  int remove(Collection<Due> locked) {
    return jdbc.sql("DELETE FROM due_touches WHERE ctid = ANY (CAST(:places AS tid[]))")
        .param("places", Columns.texts(locked, Due::place))
        .update();
  }

  void unschedule(Collection<EnrollmentKey> keys) {
    jdbc.sql(
            """
            DELETE FROM due_touches d
            USING unnest(:businesses, :ids) AS x (business_id, enrollment_id)
            WHERE d.business_id = x.business_id AND d.enrollment_id = x.enrollment_id
            """)
        .param("businesses", Columns.uuids(keys, EnrollmentKey::businessId))
        .param("ids", Columns.uuids(keys, EnrollmentKey::enrollmentId))
        .update();
  }

  /** Takes rows out of the claimers' way while their campaign is paused. */
  void hold(Collection<EnrollmentKey> keys) {
    jdbc.sql(
            """
            UPDATE due_touches d SET held = true
            FROM unnest(:businesses, :ids) AS x (business_id, enrollment_id)
            WHERE d.business_id = x.business_id AND d.enrollment_id = x.enrollment_id
            """)
        .param("businesses", Columns.uuids(keys, EnrollmentKey::businessId))
        .param("ids", Columns.uuids(keys, EnrollmentKey::enrollmentId))
        .update();
  }

  /** Lets the campaign's held rows be claimed again. Returns how many there were. */
  int release(UUID businessId, UUID campaignId) {
    return jdbc.sql(
            """
            UPDATE due_touches SET held = false
            WHERE business_id = :business AND campaign_id = :campaign AND held
            """)
        .param("business", businessId)
        .param("campaign", campaignId)
        .update();
  }
}
