package dev.aftertouch.enrollment.importing;

import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.enrollment.enrolling.JobLimits;
import dev.aftertouch.enrollment.importing.JobDocument.AddressDocument;
import dev.aftertouch.enrollment.importing.JobDocument.CustomerDocument;
import dev.aftertouch.facts.JobCancelled;
import dev.aftertouch.facts.JobCompleted;
import dev.aftertouch.facts.JobCustomer;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.JobReopened;
import dev.aftertouch.facts.PostalAddress;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes the fact of a document, or says what is wrong with it. Both HTTP and CSV end here, and then
 * on topic jobs.
 */
final class JobForm {
  private static final BigDecimal LARGEST_VALUE = new BigDecimal("999999999999.99");
  private static final int MOST_DIGITS = 50;
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /** A fact or its errors. */
  sealed interface Checked {
    record Good(JobFact fact) implements Checked {}

    record Bad(List<FieldError> errors) implements Checked {}
  }

  private JobForm() {}

  static Checked check(UUID businessId, JobDocument document, String source, Instant now) {
    String type = document.type() == null ? "job_completed" : document.type();
    String jobId = document.jobId();
    if (jobId == null || jobId.isBlank()) {
      return bad("job_id", "missing", "Give the job's id in your job system as job_id.");
    }
    return switch (type) {
      case "job_completed" -> completed(businessId, jobId, document, source);
      case "job_reopened" ->
          fact(businessId, jobId, document, source, now, type, new JobReopened(document.reason()));
      case "job_cancelled" ->
          fact(businessId, jobId, document, source, now, type, new JobCancelled(document.reason()));
      default ->
          bad("type", "unknown_type", "The type is job_completed, job_reopened or job_cancelled.");
    };
  }

  private static Checked completed(
      UUID businessId, String jobId, JobDocument document, String source) {
    Instant completedAt = document.completedAt();
    CustomerDocument customer = document.customer();
    if (document.serviceType() == null || document.serviceType().isBlank()) {
      return bad("service_type", "missing", "Give the service_type, such as hvac or plumbing.");
    }
    if (completedAt == null) {
      return bad("completed_at", "missing", "Give the time of completion as completed_at.");
    }
    if (customer == null || customer.externalId() == null || customer.externalId().isBlank()) {
      return bad("customer.external_id", "missing", "Give the customer's id in your job system.");
    }
    if (completedAt.isBefore(EARLIEST) || !completedAt.isBefore(LATEST)) {
      return bad("completed_at", "out_of_range", "The time lies between 1970 and 2200.");
    }
    BigDecimal value = document.value();
    if (value != null && !isAmount(value)) {
      return bad("value", "out_of_range", "The value lies between 0 and " + LARGEST_VALUE + ".");
    }
    JobCompleted completed =
        new JobCompleted(
            document.serviceType().strip(),
            completedAt,
            value == null ? null : value.setScale(2, RoundingMode.HALF_UP),
            document.enroll() == null || document.enroll(),
            customer(customer, customer.externalId()));
    return fact(businessId, jobId, document, source, completedAt, "job_completed", completed);
  }

  /** One with an exponent of millions would take a computer's life to round. */
  private static boolean isAmount(BigDecimal value) {
    return Math.abs((long) value.scale()) <= MOST_DIGITS
        && value.signum() >= 0
        && value.compareTo(LARGEST_VALUE) <= 0;
  }

  private static Checked fact(
      UUID businessId,
      String jobId,
      JobDocument document,
      String source,
      Instant occurredByDefault,
      String type,
      Object what) {
    Instant occurredAt = document.occurredAt() == null ? occurredByDefault : document.occurredAt();
    if (occurredAt.isBefore(EARLIEST) || !occurredAt.isBefore(LATEST)) {
      return bad(
          type.equals("job_completed") && document.occurredAt() == null
              ? "completed_at"
              : "occurred_at",
          "out_of_range",
          "The time lies between 1970 and 2200.");
    }
    String factId =
        document.factId() == null
            ? derivedId(businessId, jobId, type, occurredAt)
            : document.factId();
    JobFact fact = new JobFact(factId, businessId, jobId.strip(), occurredAt, source, what);
    return JobLimits.fault(fact)
        .<Checked>map(error -> new Checked.Bad(List.of(error)))
        .orElseGet(() -> new Checked.Good(fact));
  }

  private static String derivedId(UUID businessId, String jobId, String type, Instant occurredAt) {
    String name = businessId + "\n" + type + "\n" + occurredAt.toEpochMilli() + "\n" + jobId;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static JobCustomer customer(CustomerDocument customer, String externalId) {
    AddressDocument address = customer.address();
    Map<String, String> customFields = customer.customFields();
    return new JobCustomer(
        externalId.strip(),
        customer.firstName(),
        customer.lastName(),
        customer.email(),
        customer.phone(),
        address == null ? null : address(address),
        customer.timeZone(),
        customFields == null ? Map.of() : customFields);
  }

  private static PostalAddress address(AddressDocument address) {
    return new PostalAddress(
        address.line1(),
        address.line2(),
        address.city(),
        address.state(),
        address.postalCode(),
        address.country());
  }

  private static Checked bad(String field, String code, String message) {
    return new Checked.Bad(List.of(new FieldError(field, code, message)));
  }
}
