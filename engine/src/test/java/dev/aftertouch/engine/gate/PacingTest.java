package dev.aftertouch.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.law.Statutes;
import dev.aftertouch.engine.time.AllowedTimes;
import dev.aftertouch.engine.time.NextAllowed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PacingTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:30Z");
  private static final Function<Instant, Instant> ALWAYS = instant -> instant;

  @Test
  void givesTheMinuteItselfUntilTheLimitIsReached() {
    Pacing ledger = new Pacing();

    assertThat(ledger.reserve(2, NOON, ALWAYS)).isEqualTo(NOON);
    assertThat(ledger.reserve(2, NOON, ALWAYS)).isEqualTo(NOON);
    assertThat(ledger.reserve(2, NOON, ALWAYS)).isEqualTo(Instant.parse("2026-03-02T13:01:00Z"));
    assertThat(ledger.version()).isEqualTo(3);
  }

  @Test
  void givesNothingWhenTheLimitIsBelowOne() {
    assertThat(new Pacing().reserve(0, NOON, ALWAYS)).isNull();
  }

  @Test
  void givesNothingWhenTheRecipientAllowsNoTime() {
    Pacing ledger = new Pacing();
    ledger.reserve(1, NOON, ALWAYS);

    assertThat(ledger.reserve(1, NOON, instant -> null)).isNull();
    assertThat(ledger.version()).isEqualTo(1);
  }

  @Test
  void equalsTheNaiveModelAndNeverExceedsTheLimit() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int limit = 1 + random.nextInt(5);
      Pacing ledger = new Pacing();
      Naive naive = new Naive();
      Instant now = NOON;
      for (int i = 0; i < 150; i++) {
        if (random.nextInt(10) == 0) {
          now = now.plusSeconds(random.nextInt(7200));
        }
        if (random.nextInt(20) == 0) {
          ledger = PacingCodec.decode(PacingCodec.encode(ledger, now));
        }
        Function<Instant, Instant> window = window(random.nextInt(3));
        Instant earliest = window.apply(now.plus(Duration.ofMinutes(random.nextInt(3) * 45L)));

        Instant slot = ledger.reserve(limit, earliest, window);

        assertThat(slot)
            .as("seed %d step %d", seed, i)
            .isEqualTo(naive.reserve(limit, earliest, window));
      }
      naive.assertNeverMoreThan(limit, seed);
    }
  }

  @Test
  void servesEqualTouchesInTheOrderOfAsking() {
    Pacing ledger = new Pacing();
    Instant last = Instant.MIN;
    for (int i = 0; i < 5000; i++) {
      Instant slot = ledger.reserve(7, NOON, window(1));

      assertThat(slot).isAfterOrEqualTo(last);
      last = slot;
    }
  }

  @Test
  void givesAHundredThousandSlotsWithoutWalkingTheQueueForEach() {
    List<ZoneId> zones = List.of(ZoneId.of("America/New_York"));
    AtomicInteger asked = new AtomicInteger();
    Function<Instant, Instant> window =
        instant -> {
          asked.incrementAndGet();
          return AllowedTimes.LEGAL.next(instant, zones, Statutes.NONE) instanceof NextAllowed.At at
              ? at.instant()
              : null;
        };
    Pacing ledger = new Pacing();
    List<Instant> slots = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      slots.add(ledger.reserve(100, Instant.parse("2026-03-02T13:00:00Z"), window));
    }

    assertThat(slots).isSorted();
    // The last slot lies 77 days ahead: two questions a day, 77 days on average half of the way.
    assertThat(asked.get()).isLessThan(100_000 * 100);
    assertThat(PacingCodec.encode(ledger, NOON)).hasSizeLessThan(4_096);
  }

  @Test
  void comesBackFromItsBytesAsItWas() {
    Pacing ledger = new Pacing();
    for (int i = 0; i < 50; i++) {
      ledger.reserve(3, NOON, ALWAYS);
    }
    byte[] bytes = PacingCodec.encode(ledger, NOON);

    Pacing copy = PacingCodec.decode(bytes);

    assertThat(PacingCodec.encode(copy, NOON)).isEqualTo(bytes);
    assertThat(copy.version()).isEqualTo(50);
    assertThat(copy.reserve(3, NOON, ALWAYS)).isEqualTo(ledger.reserve(3, NOON, ALWAYS));
  }

  @Test
  void forgetsThePast() {
    Pacing ledger = new Pacing();
    for (int i = 0; i < 500; i++) {
      ledger.reserve(10, NOON, ALWAYS);
    }

    byte[] later = PacingCodec.encode(ledger, NOON.plus(Duration.ofDays(30)));

    assertThat(later).hasSizeLessThan(16);
    assertThat(PacingCodec.decode(later).reserve(10, NOON, ALWAYS))
        .isEqualTo(Instant.parse("2026-04-01T12:00:00Z"));
  }

  /** Always; in the first half of each hour; in eight hours of the UTC day. */
  private static Function<Instant, Instant> window(int kind) {
    return switch (kind) {
      case 0 -> ALWAYS;
      case 1 ->
          instant -> {
            long second = Math.floorMod(instant.getEpochSecond(), 3600L);
            return second < 1800
                ? instant
                : Instant.ofEpochSecond(instant.getEpochSecond() - second + 3600);
          };
      default ->
          instant -> {
            long second = Math.floorMod(instant.getEpochSecond(), 86400L);
            return second < 8 * 3600
                ? instant
                : Instant.ofEpochSecond(instant.getEpochSecond() - second + 86400);
          };
    };
  }

  /** Tries every minute and counts every span around it. */
  private static final class Naive {
    private final TreeMap<Long, Integer> slots = new TreeMap<>();

    Instant reserve(int limit, Instant earliest, Function<Instant, Instant> window) {
      Instant at = earliest;
      while (true) {
        Instant allowed = window.apply(at);
        long minute = Pacing.minuteOf(allowed);
        if (isFree(minute, limit)) {
          slots.merge(minute, 1, Integer::sum);
          return allowed;
        }
        at = Instant.ofEpochSecond((minute + 1) * 60);
      }
    }

    private boolean isFree(long minute, int limit) {
      for (long start = minute - Pacing.SPAN + 1; start <= minute; start++) {
        if (held(start) >= limit) {
          return false;
        }
      }
      return true;
    }

    private int held(long start) {
      return slots.subMap(start, start + Pacing.SPAN).values().stream().mapToInt(i -> i).sum();
    }

    void assertNeverMoreThan(int limit, int seed) {
      for (long minute : slots.keySet()) {
        assertThat(held(minute)).as("seed %d", seed).isLessThanOrEqualTo(limit);
      }
    }
  }
}
