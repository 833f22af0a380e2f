package dev.aftertouch.dispatch.gating;

import dev.aftertouch.engine.time.AllowedTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * How long a provider may try to deliver a text: never past the end of the window in which it may
 * leave, and four hours at most.
 */
final class Validity {
  private static final int[] SECONDS = {60, 300, 900, 1_800, 3_600, 7_200, 14_400};

  private Validity() {}

  /** The longest of a few lengths at whose end, and before, a message may still leave. */
  static int seconds(AllowedTimes times, List<ZoneId> zones, Instant now) {
    int longest = SECONDS[0];
    for (int seconds : SECONDS) {
      if (!times.allows(now.plusSeconds(seconds), zones)) {
        return longest;
      }
      longest = seconds;
    }
    return longest;
  }
}
