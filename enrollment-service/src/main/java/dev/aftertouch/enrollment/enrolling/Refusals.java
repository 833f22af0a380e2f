package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.journey.Enrolling;
import dev.aftertouch.engine.journey.RefusalReason;
import dev.aftertouch.enrollment.customers.Customer;
import dev.aftertouch.enrollment.ids.NamedIds;
import dev.aftertouch.facts.JobFact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a job fact that led to no enrollment is kept. */
final class Refusals {
  /** The fact itself cannot be kept. */
  static final String MALFORMED = "malformed_job";

  /** The customer was erased after the job was done. */
  static final String ERASED = "customer_erased";

  private Refusals() {}

  static Refusal malformed(JobFact fact, String explanation, Instant now) {
    return new Refusal(
        fact.getBusinessId(),
        NamedIds.refusal(fact.getBusinessId(), fact.getFactId()),
        JobLimits.shortened(fact.getJobId()),
        null,
        null,
        null,
        MALFORMED,
        explanation,
        JobLimits.shortened(fact.getSource()),
        now);
  }

  static Refusal unknownBusiness(Finished job, Instant now) {
    return refusal(
        job,
        null,
        RefusalReason.BUSINESS_UNKNOWN.code(),
        "The business is not known or was deleted.",
        now);
  }

  static Refusal erased(Finished job, Instant now) {
    return refusal(
        job,
        null,
        ERASED,
        "The customer was erased after this job was completed; a later job begins anew.",
        now);
  }

  static Refusal decided(Finished job, Customer customer, Enrolling.Refuse refuse, Instant now) {
    return refusal(job, customer, refuse.reason().code(), refuse.explanation(), now);
  }

  private static Refusal refusal(
      Finished job, @Nullable Customer customer, String reason, String explanation, Instant now) {
    JobFact fact = job.fact();
    return new Refusal(
        fact.getBusinessId(),
        NamedIds.refusal(fact.getBusinessId(), fact.getFactId()),
        fact.getJobId(),
        customer == null ? null : customer.customerId(),
        null,
        job.completed().getServiceType(),
        reason,
        explanation,
        fact.getSource(),
        now);
  }
}
