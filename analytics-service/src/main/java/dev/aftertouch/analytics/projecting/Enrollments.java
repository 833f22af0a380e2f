package dev.aftertouch.analytics.projecting;

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

/** The rows of enrollments and refusals. */
@Repository
class Enrollments {
  private final JdbcClient jdbc;

  Enrollments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Merges what was seen into the rows. Each key once, in order. */
  List<Changed<Enrollment>> merge(Collection<Enrollment> seen) {
    if (seen.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            INSERT INTO enrollments AS e (
              business_id, enrollment_id, campaign_id, started_at, completed_at, stopped_at, stop_reason, touches_completed)
            SELECT business_id, enrollment_id, campaign_id,
                   started, completed,
                   stopped, stop_reason, touches_completed
            FROM unnest(:businesses, :enrollments, :campaigns, :started, :completed, :stopped, :reasons, :touches)
              AS seen (business_id, enrollment_id, campaign_id, started, completed, stopped, stop_reason, touches_completed)
            ON CONFLICT (business_id, enrollment_id) DO UPDATE SET
              started_at = least(e.started_at, excluded.started_at),
              completed_at = least(e.completed_at, excluded.completed_at),
              stopped_at = least(e.stopped_at, excluded.stopped_at),
              stop_reason = CASE
                WHEN e.stop_reason IS NULL OR
                     (excluded.stopped_at, excluded.stop_reason COLLATE "C") < (e.stopped_at, e.stop_reason COLLATE "C")
                THEN excluded.stop_reason ELSE e.stop_reason END,
              touches_completed = greatest(e.touches_completed, excluded.touches_completed)
            RETURNING new.business_id, new.enrollment_id, new.campaign_id, old.enrollment_id IS NOT NULL,
              old.started_at, old.completed_at, old.stopped_at, old.stop_reason, old.touches_completed,
              new.started_at, new.completed_at, new.stopped_at, new.stop_reason, new.touches_completed
            """)
        .param("businesses", Columns.uuids(seen, row -> row.key().businessId()))
        .param("enrollments", Columns.uuids(seen, row -> row.key().enrollmentId()))
        .param("campaigns", Columns.uuids(seen, Enrollment::campaignId))
        .param("started", Columns.instants(seen, Enrollment::startedAt))
        .param("completed", Columns.instants(seen, Enrollment::completedAt))
        .param("stopped", Columns.instants(seen, Enrollment::stoppedAt))
        .param("reasons", Columns.texts(seen, Enrollment::stopReason))
        .param("touches", Columns.optionalInts(seen, Enrollment::touchesCompleted))
        .query(Enrollments::changed)
        .list();
  }

  private static Changed<Enrollment> changed(ResultSet row, int index) throws SQLException {
    EnrollmentKey key =
        new EnrollmentKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
    UUID campaign = row.getObject(3, UUID.class);
    boolean existed = row.getBoolean(4);
    return new Changed<>(
        existed ? enrollment(key, campaign, row, 5) : null, enrollment(key, campaign, row, 10));
  }

  private static Enrollment enrollment(EnrollmentKey key, UUID campaign, ResultSet row, int from)
      throws SQLException {
    return new Enrollment(
        key,
        campaign,
        instant(row, from),
        instant(row, from + 1),
        instant(row, from + 2),
        row.getString(from + 3),
        row.getInt(from + 4));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  /** Notes the refusals; the ones that were new. */
  List<Refused> addRefusals(Collection<Refused> refused) {
    if (refused.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            INSERT INTO refusals (business_id, fact_id, campaign_id, reason, refused_at)
            SELECT business_id, fact_id, campaign_id, reason, refused
            FROM unnest(:businesses, :facts, :campaigns, :reasons, :times)
              AS seen (business_id, fact_id, campaign_id, reason, refused)
            ON CONFLICT (business_id, fact_id) DO NOTHING
            RETURNING business_id, fact_id, campaign_id, reason, refused_at
            """)
        .param("businesses", Columns.uuids(refused, Refused::businessId))
        .param("facts", Columns.uuids(refused, Refused::factId))
        .param("campaigns", Columns.uuids(refused, Refused::campaignId))
        .param("reasons", Columns.texts(refused, Refused::reason))
        .param("times", Columns.instants(refused, Refused::at))
        .query(
            (row, index) ->
                new Refused(
                    row.getObject(1, UUID.class),
                    row.getObject(2, UUID.class),
                    row.getObject(3, UUID.class),
                    row.getString(4),
                    row.getTimestamp(5).toInstant()))
        .list();
  }
}
