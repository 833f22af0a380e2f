package dev.aftertouch.analytics.projecting;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an enrollment.
 *
 * @param stopReason of the earliest stop
 * @param touchesCompleted touches that had ended when it ended
 */
record Enrollment(
    EnrollmentKey key,
    UUID campaignId,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable Instant stoppedAt,
    @Nullable String stopReason,
    int touchesCompleted) {

  static Enrollment started(EnrollmentKey key, UUID campaign, Instant at) {
    return new Enrollment(key, campaign, at, null, null, null, 0);
  }

  static Enrollment completed(EnrollmentKey key, UUID campaign, Instant at, int touches) {
    return new Enrollment(key, campaign, null, at, null, null, touches);
  }

  static Enrollment stopped(
      EnrollmentKey key, UUID campaign, Instant at, String reason, int touches) {
    return new Enrollment(key, campaign, null, null, at, reason, touches);
  }

  /** Both together: the earliest times, the reason of the earliest stop. */
  Enrollment and(Enrollment other) {
    return new Enrollment(
        key,
        campaignId,
        earlier(startedAt, other.startedAt),
        earlier(completedAt, other.completedAt),
        earlier(stoppedAt, other.stoppedAt),
        earlierReason(other),
        Math.max(touchesCompleted, other.touchesCompleted));
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private @Nullable String earlierReason(Enrollment other) {
    if (stopReason == null || stoppedAt == null) {
      return other.stopReason;
    }
    if (other.stopReason == null || other.stoppedAt == null) {
      return stopReason;
    }
    int order = stoppedAt.compareTo(other.stoppedAt);
    boolean mine = order < 0 || (order == 0 && stopReason.compareTo(other.stopReason) <= 0);
    return mine ? stopReason : other.stopReason;
  }

  boolean hasEnded() {
    return stoppedAt != null || completedAt != null;
  }

  /** Adds what this row is worth to the counts, {@code sign} times. */
  void contribute(int sign, Counts counts) {
    if (startedAt == null) {
      return;
    }
    count(counts, "enrolled", "", sign);
    activity(counts, startedAt, Activity.ENROLLED, sign);
    if (stoppedAt != null && stopReason != null) {
      count(counts, "stopped", stopReason, sign);
      activity(counts, stoppedAt, Activity.STOPPED, sign);
    } else if (completedAt != null) {
      count(counts, "completed", "", sign);
      activity(counts, completedAt, Activity.COMPLETED, sign);
    }
    if (touchesCompleted > 0) {
      count(counts, "touches_completed", "", sign * touchesCompleted);
    }
  }

  private void count(Counts counts, String measure, String reason, int amount) {
    counts.add(new Counts.OfEnrollment(key.businessId(), campaignId, measure, reason), amount);
  }

  private void activity(Counts counts, Instant at, Activity activity, int amount) {
    counts.add(Counts.Quarter.of(key.businessId(), campaignId, at), activity, amount);
  }
}
