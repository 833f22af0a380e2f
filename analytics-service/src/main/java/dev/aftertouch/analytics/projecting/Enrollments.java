package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.Columns;
import dev.aftertouch.service.sql.RowType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of enrollments and refusals. */
@Repository
class Enrollments implements MergedRows<EnrollmentKey, Enrollment> {
  private static final String COLUMNS =
      "business_id, enrollment_id, campaign_id, started_at, completed_at, stopped_at, stop_reason, touches_completed";

  private static final RowType<Placed<Enrollment>> ROW =
      RowType.<Placed<Enrollment>>of("enrollment_row")
          .text("place", Placed::place)
          .uuid("business_id", enrollment -> enrollment.row().key().businessId())
          .uuid("enrollment_id", enrollment -> enrollment.row().key().enrollmentId())
          .uuid("campaign_id", enrollment -> enrollment.row().campaignId())
          .instant("started_at", enrollment -> enrollment.row().startedAt())
          .instant("completed_at", enrollment -> enrollment.row().completedAt())
          .instant("stopped_at", enrollment -> enrollment.row().stoppedAt())
          .text("stop_reason", enrollment -> enrollment.row().stopReason())
          .int4("touches_completed", enrollment -> enrollment.row().touchesCompleted());

  private final JdbcClient jdbc;

  Enrollments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public EnrollmentKey key(Enrollment enrollment) {
    return enrollment.key();
  }

  @Override
  public Enrollment merged(Enrollment enrollment, Enrollment seen) {
    return enrollment.and(seen);
  }

  @Override
  public Map<EnrollmentKey, Placed<Enrollment>> read(Collection<Enrollment> seen) {
    Map<EnrollmentKey, Placed<Enrollment>> there = HashMap.newHashMap(seen.size());
    jdbc.sql(
            "SELECT %s, e.ctid::text FROM unnest(:keys::enrollment_key[]) JOIN enrollments e USING (business_id, enrollment_id)"
                .formatted(COLUMNS))
        .param("keys", EnrollmentKey.ROW.rows(seen.stream().map(Enrollment::key).toList()))
        .query(
            row -> {
              Enrollment enrollment = enrollment(row);
              there.put(enrollment.key(), new Placed<>(row.getString(9), enrollment));
            });
    return there;
  }

  @Override
  public void add(List<Placed<Enrollment>> enrollments) {
    jdbc.sql(
            "INSERT INTO enrollments (%1$s) SELECT %1$s FROM unnest(:enrollments::enrollment_row[])"
                .formatted(COLUMNS))
        .param("enrollments", ROW.rows(enrollments))
        .update();
  }

  @Override
  public int replace(List<Placed<Enrollment>> enrollments) {
    return jdbc.sql(
            """
            UPDATE enrollments e SET
              started_at = n.started_at, completed_at = n.completed_at, stopped_at = n.stopped_at, stop_reason = n.stop_reason,
              touches_completed = n.touches_completed
            FROM unnest(:enrollments::enrollment_row[]) AS n WHERE e.ctid = n.place::tid
            """)
        .param("enrollments", ROW.rows(enrollments))
        .update();
  }

  private static Enrollment enrollment(ResultSet row) throws SQLException {
    return new Enrollment(
        new EnrollmentKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
        row.getObject(3, UUID.class),
        instant(row, 4),
        instant(row, 5),
        instant(row, 6),
        row.getString(7),
        row.getInt(8));
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
