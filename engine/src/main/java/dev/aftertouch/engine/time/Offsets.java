package dev.aftertouch.engine.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The offset of a zone, and how long it stays. The JDK works both out anew at each call; here the
 * stretch of constant offset that was asked for last is kept per zone. The table is bounded by the
 * number of zones, and holds nothing but what the zone rules say, so it cannot change an answer.
 */
final class Offsets {
  /**
   * Seconds since the epoch in {@code [from, until)} during which the offset from UTC is the same.
   */
  record Stretch(long from, long until, int offset) {
    boolean covers(long epochSecond) {
      return epochSecond >= from && epochSecond < until;
    }

    int secondOfDay(long epochSecond) {
      return (int) Math.floorMod(epochSecond + offset, DAY);
    }

    long epochDay(long epochSecond) {
      return Math.floorDiv(epochSecond + offset, DAY);
    }
  }

  static final long DAY = 86_400;

  private static final ConcurrentMap<ZoneId, Stretch> LATEST = new ConcurrentHashMap<>();

  private Offsets() {}

  static Stretch at(ZoneId zone, long epochSecond) {
    Stretch latest = LATEST.get(zone);
    if (latest != null && latest.covers(epochSecond)) {
      return latest;
    }
    Stretch found = find(zone.getRules(), Instant.ofEpochSecond(epochSecond));
    LATEST.put(zone, found);
    return found;
  }

  private static Stretch find(ZoneRules rules, Instant instant) {
    ZoneOffsetTransition next = rules.nextTransition(instant);
    ZoneOffsetTransition previous = rules.previousTransition(instant.plusSeconds(1));
    return new Stretch(
        previous == null ? Long.MIN_VALUE : previous.toEpochSecond(),
        next == null ? Long.MAX_VALUE : next.toEpochSecond(),
        rules.getOffset(instant).getTotalSeconds());
  }
}
