package dev.aftertouch.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.business.BusinessSettings.QuietHours;
import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.law.Statutes;
import dev.aftertouch.engine.time.AllowedTimes;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing is under way when the window closes. */
class ValidityTest {
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final ZoneId DENVER = ZoneId.of("America/Denver");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final List<ZoneId> ZONES =
      List.of(
          DENVER,
          NEW_YORK,
          ZoneId.of("America/Phoenix"),
          ZoneId.of("America/St_Johns"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("Pacific/Auckland"));

  /** Noon in Denver. */
  private static final Instant NOON = Instant.parse("2026-06-09T18:00:00Z");

  @Test
  void isWhatIsLeftOfTheWindowOfTheStrictestZone() {
    assertThat(Validity.of(AllowedTimes.LEGAL, List.of(DENVER), Statutes.NONE, NOON, LEASE))
        .isEqualTo(new Validity(LEASE, 9 * 3600 - 45));
    assertThat(
            Validity.of(AllowedTimes.LEGAL, List.of(DENVER, NEW_YORK), Statutes.NONE, NOON, LEASE))
        .isEqualTo(new Validity(LEASE, 7 * 3600 - 45));
  }

  @Test
  void isNoLongerThanTheProviderTakes() {
    Instant eight = Instant.parse("2026-06-09T14:00:00Z");

    assertThat(Validity.of(AllowedTimes.LEGAL, List.of(DENVER), Statutes.NONE, eight, LEASE))
        .isEqualTo(new Validity(LEASE, 36_000));
  }

  @Test
  void cutsTheHandOverShortWhereTheWindowCloses() {
    Instant late = Instant.parse("2026-06-10T02:59:30.500Z");

    assertThat(Validity.of(AllowedTimes.LEGAL, List.of(DENVER), Statutes.NONE, late, LEASE))
        .isEqualTo(new Validity(Duration.ofSeconds(29), 1));
  }

  @Test
  void takesEveryZoneOfTheCountryWhereTheGateDoes() {
    assertThat(Validity.of(AllowedTimes.LEGAL, List.of(), Statutes.NONE, NOON, LEASE).handOver())
        .isEqualTo(LEASE);
  }

  @Test
  void neverExceedsTheWindow() {
    int cut = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      AllowedTimes times = times(random);
      List<ZoneId> zones =
          List.of(ZONES.get(random.nextInt(ZONES.size())), ZONES.get(random.nextInt(ZONES.size())));
      Instant now = NOON.plusSeconds(random.nextInt(400 * 86_400)).plusMillis(random.nextInt(1000));
      if (!times.allows(now, zones, Statutes.NONE)) {
        assertThat(times.left(now, zones, Statutes.NONE, Duration.ofDays(3)))
            .as("seed %d", seed)
            .isZero();
        continue;
      }
      Validity validity = Validity.of(times, zones, Statutes.NONE, now, LEASE);
      Instant end = now.plus(validity.handOver()).plusSeconds(validity.providerSeconds());
      Instant naive = closing(times, zones, now);
      if (validity.providerSeconds() > 1) {
        assertThat(end).as("seed %d", seed).isBeforeOrEqualTo(naive);
      } else {
        assertThat(now.plus(validity.handOver())).as("seed %d", seed).isBeforeOrEqualTo(naive);
      }
      if (validity.providerSeconds() < Validity.MOST_SECONDS) {
        assertThat(end).as("seed %d", seed).isAfter(naive.minusSeconds(1));
        cut++;
      }
    }
    assertThat(cut).as("windows that closed before the longest validity").isGreaterThan(500);
  }

  /** Minute by minute, as every window here closes on one. */
  private static Instant closing(AllowedTimes times, List<ZoneId> zones, Instant now) {
    Instant minute = Instant.ofEpochSecond(now.getEpochSecond() / 60 * 60).plusSeconds(60);
    while (times.allows(minute, zones, Statutes.NONE)
        && minute.isBefore(now.plus(Duration.ofDays(2)))) {
      minute = minute.plusSeconds(60);
    }
    return minute;
  }

  private static AllowedTimes times(Random random) {
    QuietHours quiet =
        new QuietHours(
            LocalTime.of(18 + random.nextInt(3), random.nextInt(60)), LocalTime.of(8, 30));
    if (random.nextBoolean()) {
      return AllowedTimes.of(quiet, null);
    }
    EnumSet<DayOfWeek> days = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    return AllowedTimes.of(
        quiet,
        new BusinessHours(
            LocalTime.of(9, 0),
            LocalTime.of(12 + random.nextInt(8), 15),
            days,
            random.nextBoolean() ? "America/Chicago" : null));
  }
}
