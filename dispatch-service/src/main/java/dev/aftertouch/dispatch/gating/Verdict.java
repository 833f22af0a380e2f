package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.gating.ComposeTouch.Composed;
import dev.aftertouch.dispatch.settling.StoredTouch;
import dev.aftertouch.dispatch.settling.StoredTouch.Attempt;
import dev.aftertouch.dispatch.settling.TouchState;
import dev.aftertouch.engine.gate.Decision;
import dev.aftertouch.engine.gate.Reason;
import dev.aftertouch.facts.TouchDue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gate's answer to one touch, as it will be stored.
 *
 * @param composed what will be handed over; null unless the touch is claimed
 */
record Verdict(StoredTouch touch, Composed.@Nullable Ready composed) {

  /**
   * The row of that decision.
   *
   * @param slot the pacing slot that the touch came with
   * @param leavesIn the one that it uses if it leaves
   */
  static Verdict of(
      TouchDue due,
      @Nullable Instant slot,
      Decision decision,
      Composed.@Nullable Ready composed,
      @Nullable Instant leavesIn,
      Instant now) {
    return switch (decision) {
      case Decision.Skip skip ->
          new Verdict(touch(due, TouchState.SKIPPED, skip, now, null, slot, null), null);
      case Decision.Defer defer ->
          new Verdict(
              touch(
                  due,
                  TouchState.DEFERRED,
                  defer,
                  now,
                  defer.until(),
                  ownsSlot(defer.reason()) ? defer.until() : slot,
                  null),
              null);
      case Decision.Send send -> {
        if (composed == null) {
          throw new IllegalStateException("The gate let a touch through that was not composed");
        }
        Attempt attempt =
            new Attempt(
                composed.attempt(),
                composed.provider(),
                composed.address(),
                sha256(composed.body()),
                composed.segments(),
                null,
                null);
        yield new Verdict(
            touch(due, TouchState.CLAIMED, send, now, null, leavesIn, attempt), composed);
      }
    };
  }

  /** Whether the time of the deferral is a slot that was reserved for the touch. */
  private static boolean ownsSlot(Reason reason) {
    return reason == Reason.QUIET_HOURS
        || reason == Reason.BUSINESS_HOURS
        || reason == Reason.PACING;
  }

  private static StoredTouch touch(
      TouchDue due,
      TouchState state,
      Decision decision,
      Instant now,
      @Nullable Instant until,
      @Nullable Instant slot,
      @Nullable Attempt attempt) {
    return new StoredTouch(
        DueTouches.identity(due),
        due.getRound(),
        due.getScheduledAt(),
        due.getDueAt(),
        state,
        decision.reason().code(),
        Map.copyOf(decision.evidence()),
        now,
        until,
        slot,
        attempt);
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
