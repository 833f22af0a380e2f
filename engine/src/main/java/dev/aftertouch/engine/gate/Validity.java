package dev.aftertouch.engine.gate;

import dev.aftertouch.engine.law.Statutes;
import dev.aftertouch.engine.time.AllowedTimes;
import dev.aftertouch.engine.time.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;

/**
 * How long a touch that may leave now may be under way, so that nothing arrives after the window in
 * which it may leave.
 *
 * @param handOver most time until the provider has it: not beyond the window's end
 * @param providerSeconds how long the provider may then try to deliver it (Twilio's {@code
 *     ValidityPeriod}); with the hand-over not beyond the window's end, except that a provider
 *     takes no less than a second
 */
public record Validity(Duration handOver, int providerSeconds) {
  /**
   * Twilio's limits in seconds
   * (https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource).
   */
  public static final int LEAST_SECONDS = 1;

  /** Ten hours. */
  public static final int MOST_SECONDS = 36_000;

  /**
   * Of a touch that was let through at that instant.
   *
   * @param candidates none means anywhere in the United States, as for the gate
   * @param law of the states in which the recipient may be, as for the gate
   * @param lease how long after that it may be handed over where the window does not close before
   */
  public static Validity of(
      AllowedTimes times,
      Collection<ZoneId> candidates,
      Statutes law,
      Instant now,
      Duration lease) {
    Collection<ZoneId> zones = candidates.isEmpty() ? Zones.UNKNOWN_US : candidates;
    Duration left = times.left(now, zones, law, lease.plusSeconds(MOST_SECONDS));
    Duration handOver = left.compareTo(lease) < 0 ? left : lease;
    long seconds = left.minus(handOver).toSeconds();
    return new Validity(handOver, (int) Math.clamp(seconds, LEAST_SECONDS, MOST_SECONDS));
  }
}
