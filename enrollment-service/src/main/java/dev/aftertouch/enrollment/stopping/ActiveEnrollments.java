package dev.aftertouch.enrollment.stopping;

import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.enrollment.sql.Rows;
import dev.aftertouch.service.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Enrollments that can still be stopped. */
@Repository
class ActiveEnrollments {
  /** A customer of a business. */
  record CustomerRef(UUID businessId, UUID customerId) {}

  /** A job of a business. */
  record JobRef(UUID businessId, String jobId) {}

  /** What an enrollment becomes. */
  record Ended(EnrollmentKey key, String reason, @Nullable String stoppedBy, Instant at) {}

  private final JdbcClient jdbc;

  ActiveEnrollments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those of the enrollments that are active, locked in the order of their ids (as advancing does).
   */
  List<Path> lock(Collection<EnrollmentKey> keys) {
    return jdbc.sql(
            "SELECT "
                + Path.DUE_AT
                + Path.COLUMNS
                + """
                FROM unnest(:businesses, :ids) AS wanted (business_id, enrollment_id)
                JOIN enrollments e USING (business_id, enrollment_id)
                WHERE e.status = 'active'
                ORDER BY e.enrollment_id
                FOR NO KEY UPDATE OF e
                """)
        .param("businesses", Columns.uuids(keys, EnrollmentKey::businessId))
        .param("ids", Columns.uuids(keys, EnrollmentKey::enrollmentId))
        .query((row, index) -> Path.read(row))
        .list();
  }

  List<Path> ofCustomers(Collection<CustomerRef> customers) {
    return jdbc.sql(
            "SELECT "
                + Path.DUE_AT
                + Path.COLUMNS
                + """
                FROM unnest(:businesses, :customers) AS wanted (business_id, customer_id)
                JOIN enrollments e USING (business_id, customer_id)
                WHERE e.status = 'active'
                """)
        .param("businesses", Columns.uuids(customers, CustomerRef::businessId))
        .param("customers", Columns.uuids(customers, CustomerRef::customerId))
        .query((row, index) -> Path.read(row))
        .list();
  }

  List<Path> ofJobs(Collection<JobRef> jobs) {
    return jdbc.sql(
            "SELECT "
                + Path.DUE_AT
                + Path.COLUMNS
                + """
                FROM unnest(:businesses, :jobs) AS wanted (business_id, job_id)
                JOIN enrollments e USING (business_id, job_id)
                WHERE e.status = 'active'
                """)
        .param("businesses", Columns.uuids(jobs, JobRef::businessId))
        .param("jobs", Columns.texts(jobs, JobRef::jobId))
        .query((row, index) -> Path.read(row))
        .list();
  }

  List<EnrollmentKey> ofCampaign(UUID businessId, UUID campaignId, int limit) {
    return jdbc.sql(
            """
            SELECT business_id, enrollment_id FROM active_enrollments
            WHERE business_id = :business AND campaign_id = :campaign
            LIMIT :limit
            """)
        .param("business", businessId)
        .param("campaign", campaignId)
        .param("limit", limit)
        .query(ActiveEnrollments::key)
        .list();
  }

  /** Ends the enrollments, which are locked and active. Returns how many there were. */
  int end(Collection<Ended> ended) {
    return jdbc.sql(
            """
            WITH ended AS (
              UPDATE enrollments e
              SET status = 'stopped', stop_reason = x.reason, stopped_by = x.stopped_by, ended_at = x.at
              FROM unnest(:businesses, :ids, :reasons, :stoppedBy, :at) AS x (business_id, enrollment_id, reason, stopped_by, at)
              WHERE e.business_id = x.business_id AND e.enrollment_id = x.enrollment_id AND e.status = 'active'
              RETURNING e.business_id, e.campaign_id, e.customer_id)
            DELETE FROM active_enrollments a USING ended e
            WHERE a.business_id = e.business_id AND a.campaign_id = e.campaign_id AND a.customer_id = e.customer_id
            """)
        .param("businesses", Columns.uuids(ended, e -> e.key().businessId()))
        .param("ids", Columns.uuids(ended, e -> e.key().enrollmentId()))
        .param("reasons", Columns.texts(ended, Ended::reason))
        .param("stoppedBy", Columns.texts(ended, Ended::stoppedBy))
        .param("at", Columns.instants(ended, Ended::at))
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

  private static EnrollmentKey key(ResultSet row, int index) throws SQLException {
    return new EnrollmentKey(Rows.uuid(row, "business_id"), Rows.uuid(row, "enrollment_id"));
  }
}
