package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.journey.EnrollmentState;
import dev.aftertouch.enrollment.announcing.Announcements;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.service.kafka.Outgoing;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An enrollment's way from a step and round to the next, or to its completion.
 *
 * @param stepId where it must stand for the move to take place
 * @param round the round that it must be in
 * @param ended how its touch ended; null when it did not, as in the next round of the same
 * @param deferral why the present round was put off; null when it was not
 */
record Move(
    EnrollmentKey enrollment,
    UUID campaignId,
    UUID customerId,
    String stepId,
    int round,
    EnrollmentState to,
    @Nullable EndedTouch ended,
    @Nullable String deferral) {

  /**
   * A move that took place.
   *
   * @param touchesCompleted all that ended so far
   */
  record Made(
      Move move, @Nullable String jobId, @Nullable String serviceType, int touchesCompleted) {
    /** That it has completed the enrollment. */
    Outgoing completion(Instant at) {
      return Announcements.completed(
          move.enrollment,
          move.campaignId,
          move.customerId,
          jobId,
          serviceType,
          touchesCompleted,
          at);
    }
  }

  boolean completes() {
    return to instanceof EnrollmentState.Completed;
  }
}
