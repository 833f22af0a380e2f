package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.enrollment.paths.EnrollmentKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a touch ended. */
record EndedTouch(
    EnrollmentKey key,
    String stepId,
    int number,
    String channel,
    String status,
    @Nullable String reason,
    Instant scheduledAt,
    @Nullable Instant sentAt,
    Instant endedAt) {
  /** Whether the answer of the provider was lost. */
  boolean isUnknown() {
    return status.equals("unknown");
  }
}
