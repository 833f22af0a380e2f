package dev.aftertouch.engine.gate;

import dev.aftertouch.engine.gate.Decision.Defer;
import dev.aftertouch.engine.gate.Decision.Send;
import dev.aftertouch.engine.gate.Decision.Skip;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * What becomes of a claim that nobody ended in time: its process died, or the provider's answer was
 * lost. The first hand-over may not have arrived, so handing over again may be sending, and
 * everything that speaks against sending speaks against it.
 */
public final class LeftClaims {
  /** Resend keeps keys for 24 hours; an hour is left for clocks and queues. */
  public static final Duration KEY_LIFE = Duration.ofHours(23);

  /** What to do. */
  public sealed interface Next {
    /** Once more, same key and same bytes, within that time from now. */
    record HandOver(Duration within) implements Next {}

    /** It stays claimed: at night until the morning, in doubt until that is over. */
    record Wait() implements Next {}

    /** Its ending is unknown: it may have been sent and is not sent again. The code is stable. */
    record GiveUp(String reason) implements Next {}
  }

  private LeftClaims() {}

  /**
   * Decides.
   *
   * @param keyHonoured whether the provider takes a repeat with the same key for the same message
   * @param age of the key, real time
   * @param lease longest time for a hand-over
   */
  public static Next next(
      boolean keyHonoured,
      Duration age,
      GateFacts facts,
      GatePolicy policy,
      Instant now,
      Duration lease) {
    if (!keyHonoured || age.compareTo(KEY_LIFE) >= 0) {
      return new Next.GiveUp("no_answer");
    }
    return switch (Gate.objection(facts, policy, now)) {
      case null -> handOver(facts, policy, now, lease);
      case Skip skip -> new Next.GiveUp("not_asked_again");
      case Defer defer -> new Next.Wait();
      case Send send -> throw new IllegalArgumentException("An objection that sends");
    };
  }

  /**
   * Decides for messages that one call hands over. The provider knows the key of the whole call: it
   * is made once more with all of them, within the shortest time, or not at all. What speaks
   * against one speaks against the call, and none of them may go alone, since the provider may have
   * it.
   */
  public static Next together(Collection<Next> each) {
    Duration shortest = null;
    boolean waits = false;
    for (Next next : each) {
      switch (next) {
        case Next.GiveUp gaveUp -> {
          return gaveUp;
        }
        case Next.Wait wait -> waits = true;
        case Next.HandOver(var within) ->
            shortest = shortest == null || within.compareTo(shortest) < 0 ? within : shortest;
      }
    }
    return waits || shortest == null ? new Next.Wait() : new Next.HandOver(shortest);
  }

  private static Next handOver(GateFacts facts, GatePolicy policy, Instant now, Duration lease) {
    Duration left =
        Validity.of(policy.times(), Gate.zones(facts), Gate.law(facts), now, lease).handOver();
    return left.isZero() ? new Next.Wait() : new Next.HandOver(left);
  }
}
