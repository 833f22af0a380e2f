package dev.aftertouch.engine.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.business.BusinessSettings.QuietHours;
import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.time.AllowedTimes;
import dev.aftertouch.engine.time.NextAllowed;
import dev.aftertouch.engine.time.Zones;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Over the states, their zones and the hours of 2024 to 2030: what is allowed, when the next
 * opening comes and how long it lasts, compared with {@link Reckoning}, which knows neither the
 * data nor the code, walking the clock in steps of five minutes.
 */
class AllStatesTest {
  private static final List<String> STATES =
      List.of(
          "US-AL", "US-CO", "US-CT", "US-FL", "US-KY", "US-LA", "US-MA", "US-MD", "US-MI", "US-MN",
          "US-MS", "US-NJ", "US-NM", "US-NV", "US-NY", "US-OK", "US-OR", "US-PA", "US-RI", "US-SD",
          "US-TX", "US-UT", "US-WA", "CA-ON", "CA-BC");

  /** An area code of each of the states above, in their order. */
  private static final List<String> AREA_CODES =
      List.of(
          "205", "303", "203", "305", "502", "504", "617", "301", "313", "612", "601", "201", "505",
          "702", "212", "405", "503", "215", "401", "605", "512", "801", "206", "416", "604");

  private static final Instant BEGIN = Instant.parse("2024-01-02T00:00:00Z");
  private static final Duration SEVEN_YEARS = Duration.ofDays(7 * 365 + 1);
  private static final Duration STEP = Duration.ofMinutes(5);

  @Test
  void everyHourOfSevenYearsInEveryState() {
    AllowedTimes times = AllowedTimes.LEGAL;
    int closed = 0;
    for (String state : STATES) {
      Statutes law = Statutes.of(Channel.SMS, state, null);
      for (ZoneId zone : Zones.ofRegion(state.substring(0, 2), state)) {
        List<ZoneId> zones = List.of(zone);
        for (long hour = 0; hour < SEVEN_YEARS.toHours(); hour++) {
          Instant at = BEGIN.plus(Duration.ofHours(hour));
          boolean expected = Reckoning.isOpen(state, at.atZone(zone));
          if (times.allows(at, zones, law) != expected) {
            assertThat(at.atZone(zone)).as("%s, reckoned %s", state, expected).isNull();
          }
          closed += expected ? 0 : 1;
        }
      }
    }
    assertThat(closed).isGreaterThan(500_000);
  }

  @Test
  void findsTheEarliestOpeningAndItsEndWhereTwoStatesAndZonesMustAllow() {
    int farther = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      String address = random.nextInt(4) == 0 ? null : one(STATES, random);
      int number = random.nextInt(STATES.size());
      Statutes law = Statutes.of(Channel.SMS, address, "+1" + AREA_CODES.get(number) + "5550123");
      List<ZoneId> zones = new ArrayList<>(zonesOf(STATES.get(number)));
      if (address != null) {
        zones.addAll(zonesOf(address));
      }
      QuietHours quiet =
          random.nextBoolean()
              ? null
              : new QuietHours(LocalTime.of(18 + random.nextInt(3), 30), LocalTime.of(9, 15));
      BusinessHours hours = random.nextInt(3) > 0 ? null : someDays(random);
      AllowedTimes times = AllowedTimes.of(quiet, hours);
      Instant from = BEGIN.plusSeconds(random.nextLong(SEVEN_YEARS.toSeconds()));
      Case tried = new Case(address, STATES.get(number), zones, quiet, hours);

      NextAllowed next = times.next(from, zones, law);

      Instant expected = tried.firstOpen(from);
      switch (next) {
        case NextAllowed.At found -> {
          assertThat(found.instant())
              .as("seed %d: %s at %s", seed, tried, from)
              .isEqualTo(expected);
          farther += found.instant().isAfter(from.plus(Duration.ofDays(1))) ? 1 : 0;
          Duration left = times.left(found.instant(), zones, law, Duration.ofHours(10));
          assertThat(left)
              .as("seed %d: left of %s at %s", seed, tried, found.instant())
              .isEqualTo(tried.openFor(found.instant()));
        }
        case NextAllowed.Never never ->
            assertThat(expected).as("seed %d: %s at %s", seed, tried, from).isNull();
      }
    }
    assertThat(farther).as("openings more than a day away").isGreaterThan(50);
  }

  private static List<ZoneId> zonesOf(String state) {
    return Zones.ofRegion(state.substring(0, 2), state);
  }

  private static BusinessHours someDays(Random random) {
    Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
    if (random.nextBoolean()) {
      days.add(DayOfWeek.of(1 + random.nextInt(7)));
    }
    return new BusinessHours(LocalTime.of(9, 0), LocalTime.of(19, 0), days, null);
  }

  private static <T> T one(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private record Case(
      @Nullable String address,
      String number,
      List<ZoneId> zones,
      @Nullable QuietHours quiet,
      @Nullable BusinessHours hours) {

    @Nullable Instant firstOpen(Instant from) {
      if (isOpen(from)) {
        return from;
      }
      long step = STEP.toSeconds();
      Instant at = Instant.ofEpochSecond((from.getEpochSecond() / step + 1) * step);
      Instant last = from.plus(Duration.ofDays(15));
      while (!isOpen(at)) {
        at = at.plus(STEP);
        if (at.isAfter(last)) {
          return null;
        }
      }
      return at;
    }

    Duration openFor(Instant from) {
      long step = STEP.toSeconds();
      Instant longest = from.plus(Duration.ofHours(10));
      Instant at = Instant.ofEpochSecond((from.getEpochSecond() / step + 1) * step);
      while (at.isBefore(longest) && isOpen(at)) {
        at = at.plus(STEP);
      }
      Instant end = at.isAfter(longest) ? longest : at;
      return Duration.ofSeconds(Duration.between(from, end).toSeconds());
    }

    private boolean isOpen(Instant at) {
      for (ZoneId zone : zones) {
        LocalTime time = at.atZone(zone).toLocalTime();
        boolean quietNow =
            quiet != null && (time.isBefore(quiet.end()) || !time.isBefore(quiet.start()));
        boolean outside =
            hours != null
                && (!hours.days().contains(at.atZone(zone).getDayOfWeek())
                    || time.isBefore(hours.start())
                    || !time.isBefore(hours.end()));
        if (quietNow
            || outside
            || address != null && !Reckoning.isOpen(address, at.atZone(zone))
            || !Reckoning.isOpen(number, at.atZone(zone))) {
          return false;
        }
      }
      return true;
    }
  }
}
