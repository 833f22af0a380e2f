package dev.aftertouch.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.gate.Forecast.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:30Z");
  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final Function<Instant, Instant> ALWAYS = instant -> instant;

  @Test
  void saysWhenTheLastOfAHundredThousandLeavesAtAHundredAnHour() {
    Pacing ledger = new Pacing();
    Instant last = NOON;
    for (int i = 0; i < 100_000; i++) {
      last = ledger.reserve(100, NOON, ALWAYS);
    }

    Forecast forecast = Forecast.of(ledger, 100, new Waiting(99_900, last, 0), ALWAYS, NOON);

    assertThat(forecast.waiting()).isEqualTo(99_900);
    assertThat(forecast.lastLeavesAt()).isEqualTo(last);
    // 999 spans of 61 minutes after the first: 42 days and 7 hours.
    assertThat(Duration.between(NOON, last)).isBetween(Duration.ofDays(42), Duration.ofDays(43));
    assertThat(forecast.nextFreeSlot()).isAfter(last);
  }

  @Test
  void hasNothingToTellOfAnEmptyQueue() {
    assertThat(Forecast.of(new Pacing(), 100, Waiting.NOBODY, ALWAYS, NOON))
        .isEqualTo(new Forecast(0, null, NOON));
  }

  @Test
  void promisesNothingWhereNothingMayLeave() {
    assertThat(Forecast.of(new Pacing(), 0, new Waiting(0, null, 3), ALWAYS, NOON))
        .isEqualTo(new Forecast(3, null, null));
    assertThat(Forecast.of(new Pacing(), 100, new Waiting(2, NOON, 3), instant -> null, NOON))
        .isEqualTo(new Forecast(5, null, null));
  }

  /** Some touches leave in time, an outage makes others miss their slots, and then it is asked. */
  @Test
  void equalsTheNaiveModel() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int limit = 1 + random.nextInt(4);
      Function<Instant, Instant> window = random.nextBoolean() ? ALWAYS : ForecastTest::firstHalf;
      Pacing ledger = new Pacing();
      List<Instant> given = new ArrayList<>();
      List<Instant> waiting = new ArrayList<>();
      Instant start = window.apply(NOON);
      for (int i = 0; i < 1 + random.nextInt(25); i++) {
        Instant slot = Objects.requireNonNull(ledger.reserve(limit, start, window));
        given.add(slot);
        if (slot.isAfter(start)) {
          waiting.add(slot);
        }
      }
      Instant now = start.plus(Duration.ofMinutes(random.nextInt(600)));
      Instant outage = start.plus(Duration.ofMinutes(random.nextInt(600)));
      waiting.removeIf(slot -> slot.isBefore(outage) && slot.isBefore(now));
      List<Instant> late = waiting.stream().filter(s -> s.plus(GRACE).isBefore(now)).toList();
      List<Instant> inTime = waiting.stream().filter(s -> !late.contains(s)).toList();
      Pacing copy = PacingCodec.decode(PacingCodec.encode(ledger, now));

      Forecast forecast =
          Forecast.of(
              copy, limit, new Waiting(inTime.size(), last(inTime), late.size()), window, now);

      List<Instant> again = new ArrayList<>();
      for (int i = 0; i < late.size(); i++) {
        again.add(naive(limit, window.apply(now), window, given));
      }
      Instant last = last(Stream.concat(inTime.stream(), again.stream()).toList());
      Instant free = naive(limit, window.apply(now), window, given);
      assertThat(forecast).as("seed %d", seed).isEqualTo(new Forecast(waiting.size(), last, free));
    }
  }

  private static @Nullable Instant last(List<Instant> instants) {
    return instants.stream().max(Comparator.naturalOrder()).orElse(null);
  }

  /** Tries minute after minute, counting every 61 minutes around each; notes the slot. */
  private static Instant naive(
      int limit, Instant earliest, Function<Instant, Instant> window, List<Instant> given) {
    Instant at = earliest;
    while (true) {
      Instant allowed = window.apply(at);
      long minute = Pacing.minuteOf(allowed);
      boolean free = true;
      for (long from = minute - Pacing.SPAN + 1; from <= minute; from++) {
        long begin = from;
        free &=
            given.stream()
                    .mapToLong(Pacing::minuteOf)
                    .filter(m -> m >= begin && m < begin + Pacing.SPAN)
                    .count()
                < limit;
      }
      if (free) {
        given.add(allowed);
        return allowed;
      }
      at = Instant.ofEpochSecond((minute + 1) * 60);
    }
  }

  private static Instant firstHalf(Instant instant) {
    long second = Math.floorMod(instant.getEpochSecond(), 3600L);
    return second < 1800
        ? instant
        : Instant.ofEpochSecond(instant.getEpochSecond() - second + 3600);
  }
}
