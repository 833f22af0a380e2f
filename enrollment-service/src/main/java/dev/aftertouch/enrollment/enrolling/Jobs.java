package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.enrollment.sql.Rows;
import dev.aftertouch.service.sql.Columns;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The jobs' rows. */
@Repository
class Jobs {
  static final String COMPLETED = "completed";
  static final String REOPENED = "reopened";
  static final String CANCELLED = "cancelled";

  /**
   * A job as the newest fact left it. A job whose reversal came first has no customer.
   *
   * @param toldAt when the fact that gave the status happened
   */
  record Job(
      JobKey key,
      String status,
      @Nullable UUID customerId,
      @Nullable String serviceType,
      @Nullable Instant completedAt,
      @Nullable BigDecimal value,
      String source,
      Instant toldAt) {
    boolean completed() {
      return status.equals(COMPLETED);
    }

    /** Whether only its reversal is known so far. */
    boolean awaitsCompletion() {
      return completedAt == null;
    }

    Job reversed(String status, Instant at) {
      return new Job(key, status, customerId, serviceType, completedAt, value, source, at);
    }
  }

  private final JdbcClient jdbc;

  Jobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of the jobs that are known, locked. */
  Map<JobKey, Job> lock(Collection<JobKey> keys) {
    Map<JobKey, Job> found = new HashMap<>();
    jdbc.sql(
            """
            SELECT j.business_id, j.job_id, j.status, j.customer_id, j.service_type, j.completed_at, j.value, j.source, j.told_at
            FROM unnest(:businesses, :ids) AS wanted (business_id, job_id)
            JOIN jobs j USING (business_id, job_id)
            ORDER BY j.business_id, j.job_id
            FOR NO KEY UPDATE OF j
            """)
        .param("businesses", Columns.uuids(keys, JobKey::businessId))
        .param("ids", Columns.texts(keys, JobKey::jobId))
        .query(
            row -> {
              JobKey key = new JobKey(Rows.uuid(row, "business_id"), row.getString("job_id"));
              found.put(
                  key,
                  new Job(
                      key,
                      row.getString("status"),
                      Rows.optionalUuid(row, "customer_id"),
                      row.getString("service_type"),
                      Rows.optionalInstant(row, "completed_at"),
                      row.getBigDecimal("value"),
                      row.getString("source"),
                      Rows.instant(row, "told_at")));
            });
    return found;
  }

  /** Adds or replaces. */
  void save(Collection<Job> jobs) {
    jdbc.sql(
            """
            INSERT INTO jobs (business_id, job_id, status, customer_id, service_type, completed_at, value, source, told_at)
            SELECT * FROM unnest(:businesses, :ids, :statuses, :customers, :serviceTypes, :completedAt, :values, :sources,
                                 :toldAt) AS told (business_id, job_id)
            ORDER BY business_id, job_id
            ON CONFLICT (business_id, job_id) DO UPDATE SET
              status = excluded.status, customer_id = excluded.customer_id, service_type = excluded.service_type,
              completed_at = excluded.completed_at, value = excluded.value, source = excluded.source, told_at = excluded.told_at
            """)
        .param("businesses", Columns.uuids(jobs, j -> j.key().businessId()))
        .param("ids", Columns.texts(jobs, j -> j.key().jobId()))
        .param("statuses", Columns.texts(jobs, Job::status))
        .param("customers", Columns.uuids(jobs, Job::customerId))
        .param("serviceTypes", Columns.texts(jobs, Job::serviceType))
        .param("completedAt", Columns.instants(jobs, Job::completedAt))
        .param("values", Columns.decimals(jobs, Job::value))
        .param("sources", Columns.texts(jobs, Job::source))
        .param("toldAt", Columns.instants(jobs, Job::toldAt))
        .update();
  }
}
