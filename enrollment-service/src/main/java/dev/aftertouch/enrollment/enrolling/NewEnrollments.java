package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.service.sql.Columns;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes what enrolling decided. */
@Repository
class NewEnrollments {
  private final JdbcClient jdbc;

  NewEnrollments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(Collection<NewEnrollment> enrollments) {
    jdbc.sql(
            """
            WITH begun AS (
              INSERT INTO enrollments
                (business_id, enrollment_id, campaign_id, version, definition_id, customer_id, customer_revision, job_id, service_type,
                 job_completed_at, job_value, source, status, step_id, round, scheduled_at, anchor, first_delay_seconds, enrolled_at)
              SELECT business_id, enrollment_id, campaign_id, version, definition_id, customer_id, customer_revision, job_id, service_type,
                     job_completed_at, job_value, source, 'active', step_id, 0, scheduled_at, anchor, first_delay_seconds, enrolled_at
              FROM unnest(:businesses, :ids, :campaigns, :versions, :definitions, :customers, :revisions, :jobs, :serviceTypes, :jobCompletedAt,
                          :jobValues, :sources, :steps, :scheduledAt, :anchors, :firstDelays, :enrolledAt)
                AS x (business_id, enrollment_id, campaign_id, version, definition_id, customer_id, customer_revision, job_id, service_type,
                      job_completed_at, job_value, source, step_id, scheduled_at, anchor, first_delay_seconds, enrolled_at)
              RETURNING business_id, campaign_id, customer_id, enrollment_id)
            INSERT INTO active_enrollments (business_id, campaign_id, customer_id, enrollment_id) SELECT * FROM begun
            """)
        .param("businesses", Columns.uuids(enrollments, e -> e.path().key().businessId()))
        .param("ids", Columns.uuids(enrollments, e -> e.path().key().enrollmentId()))
        .param("campaigns", Columns.uuids(enrollments, e -> e.path().campaignId()))
        .param("versions", Columns.ints(enrollments, e -> e.path().version()))
        .param("definitions", Columns.uuids(enrollments, e -> e.path().definitionId()))
        .param("customers", Columns.uuids(enrollments, e -> e.path().customerId()))
        .param("revisions", Columns.longs(enrollments, NewEnrollment::customerRevision))
        .param("jobs", Columns.texts(enrollments, e -> e.path().jobId()))
        .param("serviceTypes", Columns.texts(enrollments, e -> e.path().serviceType()))
        .param("jobCompletedAt", Columns.instants(enrollments, e -> e.path().jobCompletedAt()))
        .param("jobValues", Columns.decimals(enrollments, e -> e.path().jobValue()))
        .param("sources", Columns.texts(enrollments, NewEnrollment::source))
        .param("steps", Columns.texts(enrollments, e -> e.waiting().stepId()))
        .param("scheduledAt", Columns.instants(enrollments, e -> e.waiting().scheduledAt()))
        .param("anchors", Columns.instants(enrollments, e -> e.path().anchor()))
        .param(
            "firstDelays", Columns.optionalLongs(enrollments, e -> seconds(e.path().firstDelay())))
        .param("enrolledAt", Columns.instants(enrollments, NewEnrollment::enrolledAt))
        .update();
    jdbc.sql(
            """
            INSERT INTO due_touches (business_id, enrollment_id, step_id, round, due_at)
            SELECT business_id, enrollment_id, step_id, 0, due_at
            FROM unnest(:businesses, :ids, :steps, :dueAt) AS x (business_id, enrollment_id, step_id, due_at)
            """)
        .param("businesses", Columns.uuids(enrollments, e -> e.path().key().businessId()))
        .param("ids", Columns.uuids(enrollments, e -> e.path().key().enrollmentId()))
        .param("steps", Columns.texts(enrollments, e -> e.waiting().stepId()))
        .param("dueAt", Columns.instants(enrollments, e -> e.waiting().dueAt()))
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
