package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.engine.journey.Enrolling;
import dev.aftertouch.engine.journey.EnrollingFacts.Occasion;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.customers.Customer;
import dev.aftertouch.enrollment.directory.VersionKey;
import dev.aftertouch.enrollment.ids.NamedIds;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.stopping.StopOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks the engine about the finished jobs of a batch, one after the other, and notes its answers.
 */
final class Deciding {
  private final Batch batch;
  private final Circumstances circumstances;
  private final Instant now;

  Deciding(Batch batch, Circumstances circumstances, Instant now) {
    this.batch = batch;
    this.circumstances = circumstances;
    this.now = now;
  }

  void decide(Finished job, Customer customer, BusinessSettings business) {
    batch.jobs.add(row(job, customer));
    Occasion occasion =
        new Occasion.JobDone(
            job.fact().getJobId(),
            job.completed().getServiceType(),
            job.completed().getCompletedAt(),
            job.completed().getEnroll(),
            job.reversed(),
            circumstances.enrolledBefore(job.key()) && !job.anew());
    Enrolling.Answer answer =
        Enrolling.decide(circumstances.facts(occasion, customer), business, now);
    answer
        .stopFirst()
        .forEach(
            id ->
                batch.stops.add(
                    new StopOrder(
                        new EnrollmentKey(customer.businessId(), id),
                        StopReason.REPEAT_JOB,
                        null)));
    switch (answer) {
      case Enrolling.Enroll enroll -> enroll(job, customer, business, enroll);
      case Enrolling.Refuse refuse ->
          batch.refusals.add(Refusals.decided(job, customer, refuse, now));
    }
  }

  private void enroll(
      Finished job, Customer customer, BusinessSettings business, Enrolling.Enroll enroll) {
    VersionKey version =
        new VersionKey(customer.businessId(), enroll.campaignId(), enroll.version());
    Instant completedAt = job.completed().getCompletedAt();
    batch.enrollments.add(
        Enlisting.begin(
            enrollmentId(job, enroll.campaignId()),
            version,
            circumstances.definition(version),
            customer,
            new Enlisting.Job(
                job.fact().getJobId(), serviceType(job), completedAt, job.completed().getValue()),
            completedAt,
            firstDelay(job, business),
            source(job.fact().getSource()),
            now));
    circumstances.enrolled(enroll.campaignId());
  }

  private static UUID enrollmentId(Finished job, UUID campaign) {
    UUID business = job.fact().getBusinessId();
    String jobId = job.fact().getJobId();
    return job.anew()
        ? NamedIds.enrollmentAnew(business, campaign, jobId, job.fact().getOccurredAt())
        : NamedIds.enrollment(business, campaign, jobId);
  }

  /** The job's row: a reversal that happened later keeps its word. */
  private static Jobs.Job row(Finished job, Customer customer) {
    Jobs.Job known = job.known();
    return known != null && job.reversed()
        ? row(job, customer, known.status(), known.toldAt())
        : row(job, customer, Jobs.COMPLETED, job.fact().getOccurredAt());
  }

  private static Jobs.Job row(Finished job, Customer customer, String status, Instant toldAt) {
    return new Jobs.Job(
        job.key(),
        status,
        customer.customerId(),
        job.completed().getServiceType(),
        job.completed().getCompletedAt(),
        job.completed().getValue(),
        job.fact().getSource(),
        toldAt);
  }

  private static String serviceType(Finished job) {
    String given = job.completed().getServiceType();
    return ServiceType.of(given).map(ServiceType::code).orElse(given);
  }

  private static @Nullable Duration firstDelay(Finished job, BusinessSettings business) {
    Optional<ServiceType> type = ServiceType.of(job.completed().getServiceType());
    return type.map(business.timings()::get).orElse(null);
  }

  private static String source(String jobSource) {
    return jobSource.equals("csv") ? "bulk_import" : "automatic_trigger";
  }
}
