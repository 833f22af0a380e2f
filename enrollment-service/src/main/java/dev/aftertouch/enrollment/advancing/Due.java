package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.enrollment.directory.FollowedVersion;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An enrollment that waits for a step, with what the gate is told of its touch.
 *
 * @param customerRevision the newest of the customer
 * @param place where the row lies in its table, for as long as it is locked
 */
record Due(
    EnrollmentKey key,
    FollowedVersion version,
    UUID customerId,
    long customerRevision,
    @Nullable String jobId,
    @Nullable String serviceType,
    @Nullable Instant jobCompletedAt,
    @Nullable BigDecimal jobValue,
    int touchesCompleted,
    Waiting waiting,
    String place) {
  UUID campaignId() {
    return version.key().campaignId();
  }
}
