package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.service.sql.Columns;
import dev.aftertouch.service.sql.RowType;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes what enrolling decided. */
@Repository
class NewEnrollments {
  private static final RowType<NewEnrollment> NEW =
      RowType.<NewEnrollment>of("new_enrollment")
          .uuid("business_id", e -> e.path().key().businessId())
          .uuid("enrollment_id", e -> e.path().key().enrollmentId())
          .uuid("campaign_id", e -> e.path().campaignId())
          .int4("version", e -> e.path().version())
          .uuid("definition_id", e -> e.path().definitionId())
          .uuid("customer_id", e -> e.path().customerId())
          .int8("customer_revision", NewEnrollment::customerRevision)
          .text("job_id", e -> e.path().jobId())
          .text("service_type", e -> e.path().serviceType())
          .instant("job_completed_at", e -> e.path().jobCompletedAt())
          .decimal("job_value", e -> e.path().jobValue())
          .text("source", NewEnrollment::source)
          .text("step_id", e -> e.waiting().stepId())
          .instant("scheduled_at", e -> e.waiting().scheduledAt())
          .instant("due_at", e -> e.waiting().dueAt())
          .instant("anchor", e -> e.path().anchor())
          .optionalInt8("first_delay_seconds", e -> seconds(e.path().firstDelay()))
          .instant("enrolled_at", NewEnrollment::enrolledAt);

  private final JdbcClient jdbc;

  NewEnrollments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds enrollments that wait for their first step, each with its due row and as an active one.
   */
  void add(Collection<NewEnrollment> enrollments) {
    jdbc.sql(
            """
            WITH enrolled AS MATERIALIZED (SELECT * FROM unnest(:enrollments::new_enrollment[])),
            begun AS (
              INSERT INTO enrollments
                (business_id, enrollment_id, campaign_id, version, definition_id, customer_id, customer_revision, job_id, service_type,
                 job_completed_at, job_value, source, status, step_id, round, scheduled_at, anchor, first_delay_seconds, enrolled_at)
              SELECT business_id, enrollment_id, campaign_id, version, definition_id, customer_id, customer_revision, job_id, service_type,
                     job_completed_at, job_value, source, 'active', step_id, 0, scheduled_at, anchor, first_delay_seconds, enrolled_at
              FROM enrolled),
            waiting AS (
              INSERT INTO due_touches
                (business_id, enrollment_id, campaign_id, version, definition_id, customer_id, customer_revision, job_id,
                 service_type, job_completed_at, job_value, touches_completed, step_id, round, scheduled_at, due_at)
              SELECT business_id, enrollment_id, campaign_id, version, definition_id, customer_id, customer_revision, job_id,
                     service_type, job_completed_at, job_value, 0, step_id, 0, scheduled_at, due_at
              FROM enrolled)
            INSERT INTO active_enrollments (business_id, campaign_id, customer_id, enrollment_id)
            SELECT business_id, campaign_id, customer_id, enrollment_id FROM enrolled
            """)
        .param("enrollments", NEW.rows(enrollments))
        .update();
  }

  /** Keeps the refusals; one that is kept already stays as it is. */
  void refuse(Collection<Refusal> refusals) {
    jdbc.sql(
            """
            INSERT INTO refusals
              (business_id, refusal_id, job_id, customer_id, campaign_id, service_type, reason, explanation, source, refused_at)
            SELECT * FROM unnest(:businesses, :ids, :jobs, :customers, :campaigns, :serviceTypes, :reasons, :explanations,
                                 :sources, :at)
            ON CONFLICT (business_id, refusal_id) DO NOTHING
            """)
        .param("businesses", Columns.uuids(refusals, Refusal::businessId))
        .param("ids", Columns.uuids(refusals, Refusal::refusalId))
        .param("jobs", Columns.texts(refusals, Refusal::jobId))
        .param("customers", Columns.uuids(refusals, Refusal::customerId))
        .param("campaigns", Columns.uuids(refusals, Refusal::campaignId))
        .param("serviceTypes", Columns.texts(refusals, Refusal::serviceType))
        .param("reasons", Columns.texts(refusals, Refusal::reason))
        .param("explanations", Columns.texts(refusals, Refusal::explanation))
        .param("sources", Columns.texts(refusals, Refusal::source))
        .param("at", Columns.instants(refusals, Refusal::at))
        .update();
  }

  private static @Nullable Long seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toSeconds();
  }
}
