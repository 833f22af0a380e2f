package dev.aftertouch.engine.gate;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When the held touches of one business and channel will have left.
 *
 * @param waiting how many wait for their slot
 * @param lastLeavesAt when the last of them may leave; null when none waits, or when the limit lets
 *     none leave
 * @param nextFreeSlot when a touch that asks now would leave; null when the limit lets none leave
 */
public record Forecast(
    int waiting, @Nullable Instant lastLeavesAt, @Nullable Instant nextFreeSlot) {

  /**
   * The touches that wait.
   *
   * @param inTime those whose slot is still good
   * @param latest the last of those slots; null when there are none
   * @param late those whose slot has passed unused: each takes a new one, behind all others, when
   *     it is asked again
   */
  public record Waiting(int inTime, @Nullable Instant latest, int late) {
    /** Nobody waits. */
    public static final Waiting NOBODY = new Waiting(0, null, 0);
  }

  /**
   * Foretells what the gate will do if nothing else is asked before.
   *
   * @param ledger is used up: give a copy
   * @param limit most slots in any 60 minutes
   * @param nextAllowed the first allowed instant that is not before the given one; null when there
   *     is none
   */
  public static Forecast of(
      Pacing ledger,
      int limit,
      Waiting waiting,
      Function<Instant, @Nullable Instant> nextAllowed,
      Instant now) {
    int all = waiting.inTime() + waiting.late();
    Instant earliest = nextAllowed.apply(now);
    if (earliest == null) {
      return new Forecast(all, waiting.late() == 0 ? waiting.latest() : null, null);
    }
    Instant last = waiting.latest();
    for (int i = 0; i < waiting.late(); i++) {
      Instant slot = ledger.reserve(limit, earliest, nextAllowed);
      if (slot == null) {
        return new Forecast(all, null, null);
      }
      last = last == null || slot.isAfter(last) ? slot : last;
    }
    return new Forecast(all, last, ledger.reserve(limit, earliest, nextAllowed));
  }
}
