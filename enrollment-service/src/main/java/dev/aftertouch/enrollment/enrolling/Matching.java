package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.journey.EnrollingFacts.Earlier;
import dev.aftertouch.enrollment.customers.Customer;
import dev.aftertouch.enrollment.sql.Rows;
import dev.aftertouch.service.sql.Columns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the decision to enroll rests on besides customer, job and campaign: a few set-based reads
 * for a whole batch.
 */
@Repository
class Matching {
  private final JdbcClient jdbc;

  Matching(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All enrollments so far of the customers, who are locked. */
  Map<UUID, List<Earlier>> earlier(Collection<Customer> customers) {
    Map<UUID, List<Earlier>> found = new HashMap<>();
    jdbc.sql(
            """
            SELECT customer_id, enrollment_id, campaign_id, anchor, enrolled_at, status = 'active' AS active
            FROM unnest(:businesses, :customers) AS wanted (business_id, customer_id)
            JOIN enrollments USING (business_id, customer_id)
            """)
        .param("businesses", Columns.uuids(customers, Customer::businessId))
        .param("customers", Columns.uuids(customers, Customer::customerId))
        .query(
            row -> {
              found
                  .computeIfAbsent(Rows.uuid(row, "customer_id"), customer -> new ArrayList<>())
                  .add(
                      new Earlier(
                          Rows.uuid(row, "enrollment_id"),
                          Rows.uuid(row, "campaign_id"),
                          Rows.instant(row, "anchor"),
                          Rows.instant(row, "enrolled_at"),
                          row.getBoolean("active")));
            });
    return found;
  }

  /** Those of the jobs that led to an enrollment before. */
  Set<JobKey> enrolledJobs(Collection<JobKey> jobs) {
    return new HashSet<>(
        jdbc.sql(
                """
                SELECT DISTINCT e.business_id, e.job_id
                FROM unnest(:businesses, :jobs) AS wanted (business_id, job_id)
                JOIN enrollments e USING (business_id, job_id)
                """)
            .param("businesses", Columns.uuids(jobs, JobKey::businessId))
            .param("jobs", Columns.texts(jobs, JobKey::jobId))
            .query(
                (row, index) -> new JobKey(Rows.uuid(row, "business_id"), row.getString("job_id")))
            .list());
  }

  /**
   * How many each campaign has enrolled so far, ended ones included. Whoever counts holds the
   * campaign's advisory lock until the commit, so that two instances do not both take the last
   * place.
   */
  Map<UUID, Long> lockAndCount(Collection<UUID> businesses, Collection<UUID> campaigns) {
    campaigns.stream()
        .sorted()
        .forEach(
            campaign ->
                jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:campaign, 0))")
                    .param("campaign", campaign.toString())
                    .query(row -> {}));
    Map<UUID, Long> counts = new HashMap<>();
    jdbc.sql(
            """
            SELECT campaign_id, count(*) AS enrollments
            FROM enrollments WHERE business_id = ANY (:businesses) AND campaign_id = ANY (:campaigns)
            GROUP BY campaign_id
            """)
        .param("businesses", Columns.uuids(businesses, id -> id))
        .param("campaigns", Columns.uuids(campaigns, id -> id))
        .query(
            row -> {
              counts.put(Rows.uuid(row, "campaign_id"), row.getLong("enrollments"));
            });
    return counts;
  }
}
