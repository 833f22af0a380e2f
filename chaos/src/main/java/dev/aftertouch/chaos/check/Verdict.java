package dev.aftertouch.chaos.check;

import java.util.List;
import java.util.Map;

/**
 * What the evidence says.
 *
 * @param counts how much of what was seen, so that an empty run cannot pass for a good one
 * @param longestAcceptAfterStopMillis largest time from a stop's acknowledgement to the provider's
 *     acceptance of what had been claimed before it
 * @param longestQuietOvershootMillis largest virtual time by which an acceptance came after the end
 *     of its window, having been decided inside it
 * @param longestSilenceMillis longest real time without any acceptance while the faults went on
 */
public record Verdict(
    List<Finding> findings,
    Map<String, Long> counts,
    long longestAcceptAfterStopMillis,
    long longestQuietOvershootMillis,
    long longestSilenceMillis) {

  /** How often each promise was broken; a promise that was kept is there with 0. */
  public Map<Finding.Kind, Long> broken() {
    Map<Finding.Kind, Long> broken = new java.util.EnumMap<>(Finding.Kind.class);
    for (Finding.Kind kind : Finding.Kind.values()) {
      broken.put(kind, findings.stream().filter(f -> f.kind() == kind).count());
    }
    return broken;
  }
}
