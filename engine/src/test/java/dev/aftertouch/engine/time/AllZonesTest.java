package dev.aftertouch.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.aftertouch.engine.business.BusinessSettings.QuietHours;
import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.law.Statutes;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The next allowed instant, over all zones of the time zone database, is the earliest one: compared
 * with a search in steps on the wall clock. {@code -Daftertouch.zones=all} also tries every hour of
 * 2024 to 2030 in every zone.
 */
class AllZonesTest {
  private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2031-01-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final QuietHours QUIET = new QuietHours(LocalTime.of(20, 30), LocalTime.of(9, 0));
  private static final AllowedTimes TIMES = AllowedTimes.of(QUIET, null);

  @Test
  void isTheEarliestAroundEveryTransitionOfEveryZone() {
    int tried = 0;
    for (ZoneId zone : zonesOfDifferentRules()) {
      Set<Instant> hours = new TreeSet<>();
      ZoneOffsetTransition transition = zone.getRules().nextTransition(BEGIN);
      while (transition != null && transition.getInstant().isBefore(END)) {
        Instant first = transition.getInstant().minus(Duration.ofHours(30));
        for (int i = 0; i < 60; i++) {
          hours.add(first.plus(HOUR.multipliedBy(i)));
        }
        transition = zone.getRules().nextTransition(transition.getInstant());
      }
      hours.forEach(hour -> checkOneZone(zone, hour));
      tried += hours.size();
    }
    assertThat(tried).isGreaterThan(10_000);
  }

  @Test
  void isTheEarliestAtRandomInstantsOfEveryZone() {
    Random random = new Random(20240310);
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      for (int i = 0; i < 40; i++) {
        checkOneZone(ZoneId.of(id), randomInstant(random));
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "aftertouch.zones", matches = "all")
  void isTheEarliestAtEveryHourOfSevenYearsInEveryZone() {
    for (ZoneId zone : zonesOfDifferentRules()) {
      for (Instant hour = BEGIN; hour.isBefore(END); hour = hour.plus(HOUR)) {
        checkOneZone(zone, hour);
      }
    }
  }

  @Test
  void isTheEarliestForSeveralZonesAndRandomRules() {
    List<ZoneId> zones = zonesOfDifferentRules();
    for (int seed = 0; seed < 1_500; seed++) {
      Random random = new Random(seed);
      QuietHours quiet = random.nextBoolean() ? randomQuiet(random) : null;
      BusinessHours hours = random.nextBoolean() ? randomHours(random) : null;
      List<ZoneId> candidates = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        candidates.add(zones.get(random.nextInt(zones.size())));
      }
      Instant from = randomInstant(random);

      NextAllowed next = AllowedTimes.of(quiet, hours).next(from, candidates, Statutes.NONE);

      Instant expected = firstOnTheWallClock(quiet, hours, candidates, from);
      switch (next) {
        case NextAllowed.At found ->
            assertThat(found.instant()).as("seed %d", seed).isEqualTo(expected);
        case NextAllowed.Never never -> assertThat(expected).as("seed %d", seed).isNull();
      }
    }
  }

  private static void checkOneZone(ZoneId zone, Instant from) {
    if (!(TIMES.next(from, List.of(zone), Statutes.NONE) instanceof NextAllowed.At found)) {
      fail(zone + " at " + from + ": never");
      return;
    }
    if (!isOpen(QUIET, null, List.of(zone), found.instant())) {
      fail(zone + " at " + from + ": " + found + " is quiet");
    }
    long quarter = Duration.ofMinutes(15).toSeconds();
    long second = from.getEpochSecond();
    while (second < found.instant().getEpochSecond()) {
      if (isOpen(QUIET, null, List.of(zone), Instant.ofEpochSecond(second))) {
        fail(zone + " at " + from + ": " + found + " but open at " + Instant.ofEpochSecond(second));
      }
      second = (second / quarter + 1) * quarter;
    }
  }

  /**
   * Tries the instant and then every five minutes of the next fifteen days; all rules and
   * transitions lie on these.
   */
  private static @Nullable Instant firstOnTheWallClock(
      @Nullable QuietHours quiet, @Nullable BusinessHours hours, List<ZoneId> zones, Instant from) {
    if (isOpen(quiet, hours, zones, from)) {
      return from;
    }
    long step = Duration.ofMinutes(5).toSeconds();
    long second = (from.getEpochSecond() / step + 1) * step;
    long last = from.getEpochSecond() + Duration.ofDays(15).toSeconds();
    for (; second <= last; second += step) {
      if (isOpen(quiet, hours, zones, Instant.ofEpochSecond(second))) {
        return Instant.ofEpochSecond(second);
      }
    }
    return null;
  }

  private static boolean isOpen(
      @Nullable QuietHours quiet, @Nullable BusinessHours hours, List<ZoneId> zones, Instant at) {
    for (ZoneId zone : zones) {
      LocalTime time = at.atZone(zone).toLocalTime();
      if (time.getHour() < 8 || time.getHour() >= 21) {
        return false;
      }
      if (quiet != null && isIn(quiet.start(), quiet.end(), time)) {
        return false;
      }
    }
    if (hours == null) {
      return true;
    }
    String named = hours.timeZone();
    return named != null
        ? isIn(hours, at.atZone(ZoneId.of(named)))
        : zones.stream().allMatch(zone -> isIn(hours, at.atZone(zone)));
  }

  private static boolean isIn(BusinessHours hours, ZonedDateTime at) {
    LocalTime time = at.toLocalTime();
    boolean fromYesterday = hours.start().isAfter(hours.end()) && time.isBefore(hours.end());
    DayOfWeek day = fromYesterday ? at.getDayOfWeek().minus(1) : at.getDayOfWeek();
    return isIn(hours.start(), hours.end(), time) && hours.days().contains(day);
  }

  private static boolean isIn(LocalTime start, LocalTime end, LocalTime time) {
    return start.isBefore(end)
        ? !time.isBefore(start) && time.isBefore(end)
        : !time.isBefore(start) || time.isBefore(end);
  }

  private static List<ZoneId> zonesOfDifferentRules() {
    Map<ZoneRules, ZoneId> zones = new HashMap<>();
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      zones.putIfAbsent(ZoneId.of(id).getRules(), ZoneId.of(id));
    }
    return zones.values().stream().sorted((a, b) -> a.getId().compareTo(b.getId())).toList();
  }

  private static Instant randomInstant(Random random) {
    return BEGIN.plusSeconds(random.nextLong(Duration.between(BEGIN, END).toSeconds()));
  }

  private static QuietHours randomQuiet(Random random) {
    LocalTime start = randomTime(random);
    LocalTime end = randomTime(random);
    return new QuietHours(start, end.equals(start) ? end.plusHours(1) : end);
  }

  private static BusinessHours randomHours(Random random) {
    Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
    for (DayOfWeek day : DayOfWeek.values()) {
      if (random.nextInt(3) > 0) {
        days.add(day);
      }
    }
    LocalTime start = randomTime(random);
    LocalTime end = randomTime(random);
    String zone = random.nextInt(3) == 0 ? "America/Santiago" : null;
    return new BusinessHours(start, end.equals(start) ? end.plusHours(1) : end, days, zone);
  }

  private static LocalTime randomTime(Random random) {
    return LocalTime.of(random.nextInt(24), 5 * random.nextInt(12));
  }
}
