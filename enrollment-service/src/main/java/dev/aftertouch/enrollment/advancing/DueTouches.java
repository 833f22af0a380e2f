package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.enrollment.sql.Rows;
import dev.aftertouch.service.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What falls due when: one row for each enrollment that waits for a step. */
@Repository
class DueTouches {
  /**
   * A due row.
   *
   * @param place where it lies in the table, for as long as it is locked; null for a row to be
   *     added
   */
  record Due(EnrollmentKey key, String stepId, int round, Instant dueAt, @Nullable String place) {
    Due(EnrollmentKey key, String stepId, int round, Instant dueAt) {
      this(key, stepId, round, dueAt, null);
    }
  }

  /** An enrollment that was claimed, with the newest revision of its customer. */
  record Claimed(Path path, long customerRevision) {}

  private final JdbcClient jdbc;

  DueTouches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Locks what is due, earliest first, leaving out what another instance has locked. What is due at
   * the same instant, as at the end of the night, comes business by business: what is read, counted
   * and paced by business is then read and written once for many touches.
   */
  List<Due> oldest(Instant now, int limit) {
    return jdbc.sql(
            """
            SELECT business_id, enrollment_id, step_id, round, due_at, ctid
            FROM due_touches
            WHERE NOT held AND due_at <= :now
            ORDER BY due_at, business_id
            LIMIT :limit
            FOR UPDATE SKIP LOCKED
            """)
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
            SELECT d.business_id, d.enrollment_id, d.step_id, d.round, d.due_at, d.ctid
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
            """)
        .param("now", Timestamp.from(now))
        .param("served", Columns.uuids(served, business -> business))
        .param("limit", limit)
        .param("share", share)
        .query(DueTouches::due)
        .list();
  }

  private static Due due(ResultSet row, int index) throws SQLException {
    return new Due(
        new EnrollmentKey(Rows.uuid(row, "business_id"), Rows.uuid(row, "enrollment_id")),
        row.getString("step_id"),
        row.getInt("round"),
        Rows.instant(row, "due_at"),
        row.getString("ctid"));
  }

  /** The enrollments of locked rows, as waiting for what those say. */
  List<Claimed> enrollmentsOf(Collection<Due> due) {
    return jdbc.sql(
            "SELECT e.customer_revision, wanted.due_at, "
                + Path.COLUMNS
                + """
                FROM unnest(:businesses, :ids, :dueAt) AS wanted (business_id, enrollment_id, due_at)
                JOIN enrollments e USING (business_id, enrollment_id)
                """)
        .param("businesses", Columns.uuids(due, d -> d.key().businessId()))
        .param("ids", Columns.uuids(due, d -> d.key().enrollmentId()))
        .param("dueAt", Columns.instants(due, Due::dueAt))
        .query((row, index) -> new Claimed(Path.read(row), row.getLong("customer_revision")))
        .list();
  }

  /** Removes rows that the caller has locked. Returns how many there were. */
  int remove(Collection<Due> locked) {
    return jdbc.sql("DELETE FROM due_touches WHERE ctid = ANY (CAST(:places AS tid[]))")
        .param("places", Columns.texts(locked, Due::place))
        .update();
  }

  /** Adds due rows; waits where a claim that has not committed yet removes the one before. */
  void schedule(Collection<Due> due, Leftovers leftovers) {
    String add =
        """
        INSERT INTO due_touches AS known (business_id, enrollment_id, step_id, round, due_at)
        SELECT * FROM unnest(:businesses, :ids, :steps, :rounds, :dueAt)
        """;
    String replace =
        """
        ON CONFLICT (business_id, enrollment_id) DO UPDATE SET
          step_id = excluded.step_id, round = excluded.round, due_at = excluded.due_at, held = false
        """;
    jdbc.sql(leftovers == Leftovers.NONE ? add : add + replace)
        .param("businesses", Columns.uuids(due, d -> d.key().businessId()))
        .param("ids", Columns.uuids(due, d -> d.key().enrollmentId()))
        .param("steps", Columns.texts(due, Due::stepId))
        .param("rounds", Columns.ints(due, Due::round))
        .param("dueAt", Columns.instants(due, Due::dueAt))
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
            UPDATE due_touches d SET held = false
            FROM enrollments e
            WHERE d.business_id = :business AND d.held
              AND e.business_id = d.business_id AND e.enrollment_id = d.enrollment_id AND e.campaign_id = :campaign
            """)
        .param("business", businessId)
        .param("campaign", campaignId)
        .update();
  }
}
