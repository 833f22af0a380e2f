package dev.aftertouch.engine.definition;

import java.time.Duration;

/**
 * How long after its anchor a step falls due. Hours and days are elapsed time (a day is 24 hours),
 * so that a plan never depends on a zone; the gate then moves a touch into the recipient's window.
 */
public record Delay(int amount, Unit unit) {
  /** The unit of a delay. */
  public enum Unit {
    MINUTES,
    HOURS,
    DAYS,
    WEEKS
  }

  /** No delay: due at once. */
  public static final Delay NONE = new Delay(0, Unit.HOURS);

  /** A delay of that many hours. */
  public static Delay hours(int amount) {
    return new Delay(amount, Unit.HOURS);
  }

  /** The delay as elapsed time. */
  public Duration toDuration() {
    return switch (unit) {
      case MINUTES -> Duration.ofMinutes(amount);
      case HOURS -> Duration.ofHours(amount);
      case DAYS -> Duration.ofDays(amount);
      case WEEKS -> Duration.ofDays(7L * amount);
    };
  }
}
