package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import dev.aftertouch.engine.gate.LeftClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Tells what becomes of claims that nobody ended in time. */
public interface OpenClaims {
  /**
   * Such a claim.
   *
   * @param age since it was claimed, real time
   */
  record Left(StoredTouch touch, StoredTouch.Attempt attempt, Duration age) {
    /** Whether the provider takes a repeat with the same key for the same message. */
    public boolean keyHonoured() {
      return attempt.provider().honoursKeys();
    }
  }

  /**
   * By what the gate reads at that instant, of each. In the caller's transaction, which has entered
   * the barrier before it locked a claim.
   */
  Map<Key, LeftClaims.Next> next(Collection<Left> claims, Instant now);
}
