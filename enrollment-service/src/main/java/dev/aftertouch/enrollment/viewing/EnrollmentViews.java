package dev.aftertouch.enrollment.viewing;

import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.enrollment.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Enrollments and refusals as users read them. */
@Repository
class EnrollmentViews {
  /** Which enrollments; null means any. */
  record Filter(
      UUID businessId,
      @Nullable String status,
      @Nullable UUID campaignId,
      @Nullable UUID customerId,
      @Nullable String jobId) {}

  /**
   * An enrollment in a list.
   *
   * @param customerExternalId null after the customer's erasure
   * @param phase of an active one: waiting for its step to fall due, or awaiting_outcome of its
   *     touch
   * @param stepId where it stands, or stood when it ended
   * @param dueAt when the step falls due; null when the gate has it or the enrollment has ended
   * @param deferral why the touch was put off, such as quiet_hours
   */
  record EnrollmentLine(
      UUID enrollmentId,
      UUID campaignId,
      @Nullable String campaignName,
      int version,
      UUID customerId,
      @Nullable String customerExternalId,
      @Nullable String jobId,
      @Nullable String serviceType,
      String source,
      String status,
      @Nullable String stopReason,
      @Nullable String stoppedBy,
      @Nullable String phase,
      String stepId,
      int touchesCompleted,
      @Nullable Instant dueAt,
      @Nullable String deferral,
      Instant enrolledAt,
      @Nullable Instant endedAt) {}

  /** Why a job led to no enrollment. */
  record RefusalLine(
      UUID refusalId,
      @Nullable String jobId,
      @Nullable UUID customerId,
      @Nullable String serviceType,
      String reason,
      String explanation,
      String source,
      Instant refusedAt) {}

  /** How a touch ended. */
  record EndedTouch(
      String stepId,
      int number,
      String channel,
      String status,
      @Nullable String reason,
      Instant scheduledAt,
      @Nullable Instant sentAt) {}

  private static final String LINE =
      """
      SELECT e.enrollment_id, e.campaign_id, k.name AS campaign_name, e.version, e.customer_id, c.external_id, e.job_id,
             e.service_type, e.source, e.status, e.stop_reason, e.stopped_by,
             CASE WHEN e.status = 'active' THEN CASE WHEN d.due_at IS NULL THEN 'awaiting_outcome' ELSE 'waiting' END END AS phase,
             e.step_id, e.touches_completed, d.due_at, e.deferral, e.enrolled_at, e.ended_at
      """;

  /** What belongs to enrollments {@code e}. */
  private static final String WITH_ITS_NAMES =
      """
      LEFT JOIN due_touches d ON d.business_id = e.business_id AND d.enrollment_id = e.enrollment_id
      JOIN customers c ON c.business_id = e.business_id AND c.customer_id = e.customer_id
      LEFT JOIN campaigns k ON k.business_id = e.business_id AND k.campaign_id = e.campaign_id
      """;

  private final JdbcClient jdbc;

  EnrollmentViews(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Newest first: out of the newest of each campaign, which an index has in that order. */
  List<EnrollmentLine> enrollments(Filter filter, int limit, long offset) {
    return jdbc.sql(
            LINE
                + """
                FROM (
                  SELECT campaign_id FROM campaigns
                  WHERE business_id = :business AND (:campaign::uuid IS NULL OR campaign_id = :campaign)) AS own
                CROSS JOIN LATERAL (
                  SELECT * FROM enrollments
                  WHERE business_id = :business AND campaign_id = own.campaign_id
                    AND (:status::text IS NULL OR status = :status)
                    AND (:customer::uuid IS NULL OR customer_id = :customer)
                    AND (:job::text IS NULL OR job_id = :job)
                  ORDER BY enrolled_at DESC, enrollment_id
                  LIMIT :limit + :offset) AS e
                """
                + WITH_ITS_NAMES
                + """
                ORDER BY e.enrolled_at DESC, e.enrollment_id
                LIMIT :limit OFFSET :offset
                """)
        .param("business", filter.businessId())
        .param("status", filter.status(), Types.VARCHAR)
        .param("campaign", filter.campaignId(), Types.OTHER)
        .param("customer", filter.customerId(), Types.OTHER)
        .param("job", filter.jobId(), Types.VARCHAR)
        .param("limit", limit)
        .param("offset", offset)
        .query(EnrollmentViews::line)
        .list();
  }

  Optional<EnrollmentLine> enrollment(UUID businessId, UUID enrollmentId) {
    return jdbc.sql(
            LINE
                + "FROM enrollments e\n"
                + WITH_ITS_NAMES
                + "WHERE e.business_id = :business AND e.enrollment_id = :id")
        .param("business", businessId)
        .param("id", enrollmentId)
        .query(EnrollmentViews::line)
        .optional();
  }

  Path path(UUID businessId, UUID enrollmentId) {
    return jdbc.sql(
            "SELECT "
                + Path.DUE_AT
                + Path.COLUMNS
                + "FROM enrollments e WHERE e.business_id = :business AND e.enrollment_id = :id")
        .param("business", businessId)
        .param("id", enrollmentId)
        .query((row, index) -> Path.read(row))
        .single();
  }

  List<EndedTouch> endedTouches(UUID businessId, UUID enrollmentId) {
    return jdbc.sql(
            """
            SELECT step_id, number, channel, status, reason, scheduled_at, sent_at
            FROM enrollment_touches WHERE business_id = :business AND enrollment_id = :id
            ORDER BY number
            """)
        .param("business", businessId)
        .param("id", enrollmentId)
        .query(
            (row, index) ->
                new EndedTouch(
                    row.getString("step_id"),
                    row.getInt("number"),
                    row.getString("channel"),
                    row.getString("status"),
                    row.getString("reason"),
                    Rows.instant(row, "scheduled_at"),
                    Rows.optionalInstant(row, "sent_at")))
        .list();
  }

  /** Newest first. */
  List<RefusalLine> refusals(
      UUID businessId, @Nullable String jobId, @Nullable String reason, int limit, long offset) {
    return jdbc.sql(
            """
            SELECT refusal_id, job_id, customer_id, service_type, reason, explanation, source, refused_at
            FROM refusals
            WHERE business_id = :business
              AND (:job::text IS NULL OR job_id = :job)
              AND (:reason::text IS NULL OR reason = :reason)
            ORDER BY refused_at DESC, refusal_id
            LIMIT :limit OFFSET :offset
            """)
        .param("business", businessId)
        .param("job", jobId, Types.VARCHAR)
        .param("reason", reason, Types.VARCHAR)
        .param("limit", limit)
        .param("offset", offset)
        .query(
            (row, index) ->
                new RefusalLine(
                    Rows.uuid(row, "refusal_id"),
                    row.getString("job_id"),
                    Rows.optionalUuid(row, "customer_id"),
                    row.getString("service_type"),
                    row.getString("reason"),
                    row.getString("explanation"),
                    row.getString("source"),
                    Rows.instant(row, "refused_at")))
        .list();
  }

  private static EnrollmentLine line(ResultSet row, int index) throws SQLException {
    return new EnrollmentLine(
        Rows.uuid(row, "enrollment_id"),
        Rows.uuid(row, "campaign_id"),
        row.getString("campaign_name"),
        row.getInt("version"),
        Rows.uuid(row, "customer_id"),
        row.getString("external_id"),
        row.getString("job_id"),
        row.getString("service_type"),
        row.getString("source"),
        row.getString("status"),
        row.getString("stop_reason"),
        row.getString("stopped_by"),
        row.getString("phase"),
        row.getString("step_id"),
        row.getInt("touches_completed"),
        Rows.optionalInstant(row, "due_at"),
        row.getString("deferral"),
        Rows.instant(row, "enrolled_at"),
        Rows.optionalInstant(row, "ended_at"));
  }
}
