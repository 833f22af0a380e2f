package dev.aftertouch.enrollment.importing;

import dev.aftertouch.facts.JobCompleted;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Puts job facts on topic jobs, where those of the job systems arrive too; returns when the broker
 * has them.
 */
@Service
class PublishJobs {
  private final Tenancy tenancy;
  private final JdbcClient jdbc;
  private final Publisher publisher;

  PublishJobs(Tenancy tenancy, JdbcClient jdbc, Publisher publisher) {
    this.tenancy = tenancy;
    this.jdbc = jdbc;
    this.publisher = publisher;
  }

  void publish(UUID businessId, List<JobFact> facts) {
    Map<String, String> customers = customers(businessId, facts);
    publisher.publishAndAwait(
        facts.stream()
            .map(
                fact ->
                    Outgoing.of(
                        Topics.JOBS, businessId + ":" + customers.get(fact.getJobId()), fact))
            .toList());
  }

  /**
   * The customer's external id by job: the key that keeps the facts of one customer in order. A
   * reversal does not name its customer; for a job that is not known the job's own id stands in,
   * and the times of the facts decide.
   */
  private Map<String, String> customers(UUID businessId, List<JobFact> facts) {
    Map<String, String> customers = new HashMap<>();
    facts.forEach(fact -> customers.put(fact.getJobId(), fact.getJobId()));
    if (facts.stream().anyMatch(fact -> !(fact.getFact() instanceof JobCompleted))) {
      tenancy.asBusiness(
          businessId,
          () ->
              jdbc.sql(
                      """
                      SELECT j.job_id, c.external_id
                      FROM jobs j JOIN customers c ON c.business_id = j.business_id AND c.customer_id = j.customer_id
                      WHERE j.business_id = :business AND j.job_id = ANY (:jobs)
                      """)
                  .param("business", businessId)
                  .param("jobs", facts.stream().map(JobFact::getJobId).toArray(String[]::new))
                  .query(
                      row -> {
                        customers.put(row.getString("job_id"), row.getString("external_id"));
                      }));
    }
    for (JobFact fact : facts) {
      if (fact.getFact() instanceof JobCompleted completed) {
        customers.put(fact.getJobId(), completed.getCustomer().getExternalId());
      }
    }
    return customers;
  }
}
