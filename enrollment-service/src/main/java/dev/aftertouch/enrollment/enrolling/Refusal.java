package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.journey.RefusalReason;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a job led to no enrollment (MT-15).
 *
 * @param reason stable code: one of the engine's, or {@code malformed_job}
 * @param explanation one sentence for people, without personal data
 */
record Refusal(
    UUID businessId,
    UUID refusalId,
    @Nullable String jobId,
    @Nullable UUID customerId,
    @Nullable UUID campaignId,
    @Nullable String serviceType,
    String reason,
    String explanation,
    String source,
    Instant at) {
  boolean mayBeForWantOfNews() {
    return RefusalReason.of(reason).map(RefusalReason::mayBeForWantOfNews).orElse(false);
  }
}
