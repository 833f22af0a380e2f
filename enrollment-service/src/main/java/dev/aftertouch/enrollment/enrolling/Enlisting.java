package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.engine.journey.Journey;
import dev.aftertouch.engine.journey.Plan;
import dev.aftertouch.enrollment.customers.Customer;
import dev.aftertouch.enrollment.directory.Definition;
import dev.aftertouch.enrollment.directory.VersionKey;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.paths.Path;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts a customer at the beginning of a path. */
final class Enlisting {
  private Enlisting() {}

  /** The job that led to it. */
  record Job(String jobId, String serviceType, Instant completedAt, @Nullable BigDecimal value) {}

  /**
   * The enrollment, waiting for its first step.
   *
   * @param customer locked, so that its revision is the newest
   * @param anchor what the first delay counts from
   * @param firstDelay the business's own first-touch delay for the service (MT-11); null leaves the
   *     campaign's
   */
  static NewEnrollment begin(
      UUID enrollmentId,
      VersionKey version,
      Definition definition,
      Customer customer,
      @Nullable Job job,
      Instant anchor,
      @Nullable Duration firstDelay,
      String source,
      Instant now) {
    if (!(Journey.begin(definition.campaign(), anchor, firstDelay, now).state()
        instanceof Waiting waiting)) {
      throw new IllegalStateException("A campaign without steps was published: " + version);
    }
    Path path =
        new Path(
            new EnrollmentKey(version.businessId(), enrollmentId),
            version.campaignId(),
            version.version(),
            definition.id(),
            customer.customerId(),
            job == null ? null : job.jobId(),
            job == null ? null : job.serviceType(),
            job == null ? null : job.completedAt(),
            job == null ? null : job.value(),
            anchor,
            firstDelay,
            waiting,
            waiting.stepId(),
            0,
            0);
    return new NewEnrollment(
        path,
        customer.revision(),
        waiting,
        source,
        Plan.touches(definition.campaign(), anchor, firstDelay),
        now);
  }
}
