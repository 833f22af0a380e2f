package dev.aftertouch.enrollment.importing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job fact as JSON: one thing that happened to a job.
 *
 * @param type job_completed (when left out), job_reopened or job_cancelled
 * @param factId a repeat of the same id is the same fact; derived from the job when left out
 * @param occurredAt when it happened; for a completion completed_at when left out, for a reversal
 *     now
 * @param enroll false completes the job without a follow-up
 */
record JobDocument(
    @Nullable String type,
    @Nullable String factId,
    @Nullable String jobId,
    @Nullable Instant occurredAt,
    @Nullable String serviceType,
    @Nullable Instant completedAt,
    @Nullable BigDecimal value,
    @Nullable Boolean enroll,
    @Nullable CustomerDocument customer,
    @Nullable String reason) {

  /** The customer as the job system knows it. */
  record CustomerDocument(
      @Nullable String externalId,
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String email,
      @Nullable String phone,
      @Nullable AddressDocument address,
      @Nullable String timeZone,
      @Nullable Map<String, String> customFields) {}

  /** The service address. */
  record AddressDocument(
      @Nullable String line1,
      @Nullable String line2,
      @Nullable String city,
      @Nullable String state,
      @Nullable String postalCode,
      @Nullable String country) {}
}
