package dev.aftertouch.enrollment.erasing;

import dev.aftertouch.enrollment.sql.Rows;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is kept of a customer beside the customer's own row. */
@Repository
class CustomerData {
  record Job(
      String jobId,
      String status,
      @Nullable String serviceType,
      @Nullable Instant completedAt,
      @Nullable BigDecimal value,
      String source) {}

  record Enrollment(
      UUID enrollmentId,
      UUID campaignId,
      int version,
      @Nullable String jobId,
      String source,
      String status,
      @Nullable String stopReason,
      @Nullable String stoppedBy,
      int touchesCompleted,
      Instant enrolledAt,
      @Nullable Instant endedAt) {}

  record Touch(
      UUID enrollmentId,
      String stepId,
      int number,
      String channel,
      String status,
      @Nullable String reason,
      Instant scheduledAt,
      @Nullable Instant sentAt) {}

  record Refusal(
      @Nullable String jobId,
      String reason,
      String explanation,
      String source,
      Instant refusedAt) {}

  private final JdbcClient jdbc;

  CustomerData(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Job> jobs(UUID business, UUID customer) {
    return jdbc.sql(
            """
            SELECT job_id, status, service_type, completed_at, value, source FROM jobs
            WHERE business_id = :business AND customer_id = :customer ORDER BY completed_at, job_id
            """)
        .param("business", business)
        .param("customer", customer)
        .query(
            (row, index) ->
                new Job(
                    row.getString("job_id"),
                    row.getString("status"),
                    row.getString("service_type"),
                    Rows.optionalInstant(row, "completed_at"),
                    row.getBigDecimal("value"),
                    row.getString("source")))
        .list();
  }

  List<Enrollment> enrollments(UUID business, UUID customer) {
    return jdbc.sql(
            """
            SELECT enrollment_id, campaign_id, version, job_id, source, status, stop_reason, stopped_by, touches_completed,
                   enrolled_at, ended_at
            FROM enrollments WHERE business_id = :business AND customer_id = :customer ORDER BY enrolled_at, enrollment_id
            """)
        .param("business", business)
        .param("customer", customer)
        .query(
            (row, index) ->
                new Enrollment(
                    Rows.uuid(row, "enrollment_id"),
                    Rows.uuid(row, "campaign_id"),
                    row.getInt("version"),
                    row.getString("job_id"),
                    row.getString("source"),
                    row.getString("status"),
                    row.getString("stop_reason"),
                    row.getString("stopped_by"),
                    row.getInt("touches_completed"),
                    Rows.instant(row, "enrolled_at"),
                    Rows.optionalInstant(row, "ended_at")))
        .list();
  }

  List<Touch> touches(UUID business, UUID customer) {
    return jdbc.sql(
            """
            SELECT t.enrollment_id, t.step_id, t.number, t.channel, t.status, t.reason, t.scheduled_at, t.sent_at
            FROM enrollments e JOIN enrollment_touches t USING (business_id, enrollment_id)
            WHERE e.business_id = :business AND e.customer_id = :customer ORDER BY t.scheduled_at, t.number
            """)
        .param("business", business)
        .param("customer", customer)
        .query(
            (row, index) ->
                new Touch(
                    Rows.uuid(row, "enrollment_id"),
                    row.getString("step_id"),
                    row.getInt("number"),
                    row.getString("channel"),
                    row.getString("status"),
                    row.getString("reason"),
                    Rows.instant(row, "scheduled_at"),
                    Rows.optionalInstant(row, "sent_at")))
        .list();
  }

  /** Those of the customer's jobs. */
  List<Refusal> refusals(UUID business, UUID customer) {
    return jdbc.sql(
            """
            SELECT r.job_id, r.reason, r.explanation, r.source, r.refused_at
            FROM jobs j JOIN refusals r USING (business_id, job_id)
            WHERE j.business_id = :business AND j.customer_id = :customer ORDER BY r.refused_at
            """)
        .param("business", business)
        .param("customer", customer)
        .query(
            (row, index) ->
                new Refusal(
                    row.getString("job_id"),
                    row.getString("reason"),
                    row.getString("explanation"),
                    row.getString("source"),
                    Rows.instant(row, "refused_at")))
        .list();
  }
}
