package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.journey.Signal;
import dev.aftertouch.engine.journey.Signal.Ending;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.facts.TouchDeferred;
import dev.aftertouch.facts.TouchFailed;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.facts.TouchSent;
import dev.aftertouch.facts.TouchSkipped;
import dev.aftertouch.facts.TouchUnknown;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Translates the gate's answers into the journey's signals. */
final class Outcomes {
  private Outcomes() {}

  static Signal signal(TouchOutcome outcome, Instant now) {
    return switch (outcome.getOutcome()) {
      case TouchDeferred deferred ->
          new Signal.TouchDeferred(
              outcome.getStepId(), outcome.getRound(), deferred.getUntil(), now);
      default ->
          new Signal.TouchEnded(outcome.getStepId(), outcome.getRound(), ending(outcome), now);
    };
  }

  /**
   * Whether it tells how the touch ended, which is noted even when the enrollment has moved on: an
   * unknown ending may be settled.
   */
  static boolean settlesUnknown(TouchOutcome outcome) {
    return !(outcome.getOutcome() instanceof TouchDeferred);
  }

  static @Nullable String deferral(TouchOutcome outcome) {
    return outcome.getOutcome() instanceof TouchDeferred deferred ? deferred.getReason() : null;
  }

  static EndedTouch touch(TouchOutcome outcome) {
    Ending ending = ending(outcome);
    return new EndedTouch(
        new EnrollmentKey(outcome.getBusinessId(), outcome.getEnrollmentId()),
        outcome.getStepId(),
        outcome.getNumber(),
        outcome.getChannel().name().toLowerCase(Locale.ROOT),
        ending.name().toLowerCase(Locale.ROOT),
        reason(outcome),
        outcome.getScheduledAt(),
        ending == Ending.SENT ? outcome.getDecidedAt() : null,
        outcome.getDecidedAt());
  }

  private static Ending ending(TouchOutcome outcome) {
    return switch (outcome.getOutcome()) {
      case TouchSent ignored -> Ending.SENT;
      case TouchSkipped ignored -> Ending.SKIPPED;
      case TouchFailed ignored -> Ending.FAILED;
      case TouchUnknown ignored -> Ending.UNKNOWN;
      default -> throw new IllegalArgumentException("Not an ending: touch " + outcome.getTouchId());
    };
  }

  private static @Nullable String reason(TouchOutcome outcome) {
    return switch (outcome.getOutcome()) {
      case TouchSkipped skipped -> skipped.getReason();
      case TouchFailed failed -> failed.getReason();
      case TouchUnknown unknown -> unknown.getReason();
      default -> null;
    };
  }
}
