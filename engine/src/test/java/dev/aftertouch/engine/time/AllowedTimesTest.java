package dev.aftertouch.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.business.BusinessSettings.QuietHours;
import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.law.Statutes;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AllowedTimesTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

  @Test
  void opensAtEightOnTheDayOfTheSpringChange() {
    // Another product's rule says nine here (semantics 3.4).
    assertThat(next(AllowedTimes.LEGAL, "2024-03-09T21:30", NEW_YORK))
        .isEqualTo(at("2024-03-10T08:00", NEW_YORK));
  }

  @Test
  void opensAtEightOnTheDayOfTheAutumnChange() {
    assertThat(next(AllowedTimes.LEGAL, "2024-11-02T21:30", NEW_YORK))
        .isEqualTo(at("2024-11-03T08:00", NEW_YORK));
  }

  @Test
  void takesTheWeekdayInTheRecipientsZone() {
    // Friday 18:00 in Los Angeles is Saturday in UTC (semantics 3.4).
    AllowedTimes fridays = hours("09:00", "20:00", EnumSet.of(DayOfWeek.FRIDAY), null);
    Instant fridayEvening = at("2024-06-07T18:00", LOS_ANGELES);

    assertThat(fridays.allows(fridayEvening, List.of(LOS_ANGELES), Statutes.NONE)).isTrue();
    assertThat(next(fridays, "2024-06-07T20:00", LOS_ANGELES))
        .isEqualTo(at("2024-06-14T09:00", LOS_ANGELES));
  }

  @Test
  void keepsAnOvernightWindowOvernight() {
    // Another product swaps start and end here (semantics 3.5).
    AllowedTimes times = quiet("20:00", "09:00");

    assertThat(times.allows(at("2024-06-07T12:00", NEW_YORK), List.of(NEW_YORK), Statutes.NONE))
        .isTrue();
    assertThat(next(times, "2024-06-07T23:00", NEW_YORK))
        .isEqualTo(at("2024-06-08T09:00", NEW_YORK));
    assertThat(next(times, "2024-06-08T03:00", NEW_YORK))
        .isEqualTo(at("2024-06-08T09:00", NEW_YORK));
  }

  @Test
  void countsTheFirstMomentOfQuietHoursAsQuietAndTheLastAsNot() {
    AllowedTimes times = quiet("20:00", "09:00");

    assertThat(times.allows(at("2024-06-07T19:59:59", NEW_YORK), List.of(NEW_YORK), Statutes.NONE))
        .isTrue();
    assertThat(times.allows(at("2024-06-07T20:00", NEW_YORK), List.of(NEW_YORK), Statutes.NONE))
        .isFalse();
    assertThat(times.allows(at("2024-06-08T08:59:59", NEW_YORK), List.of(NEW_YORK), Statutes.NONE))
        .isFalse();
    assertThat(times.allows(at("2024-06-08T09:00", NEW_YORK), List.of(NEW_YORK), Statutes.NONE))
        .isTrue();
  }

  @Test
  void neverOpensOutsideTheLegalHours() {
    AllowedTimes times = quiet("23:00", "05:00");

    assertThat(next(times, "2024-06-07T21:00", NEW_YORK))
        .isEqualTo(at("2024-06-08T08:00", NEW_YORK));
    assertThat(times.next(at("2024-06-07T21:00", NEW_YORK), List.of(NEW_YORK), Statutes.NONE))
        .isEqualTo(new NextAllowed.At(at("2024-06-08T08:00", NEW_YORK), Limit.LAW, NEW_YORK, null));
  }

  @Test
  void answersTheInstantItselfWhenItIsAllowed() {
    Instant noon = at("2024-06-07T12:00", NEW_YORK).plusNanos(5);

    assertThat(AllowedTimes.LEGAL.next(noon, List.of(NEW_YORK), Statutes.NONE))
        .isEqualTo(new NextAllowed.At(noon, null, null, null));
  }

  @Test
  void opensOnlyWhereEveryCandidateZoneIsOpen() {
    assertThat(
            AllowedTimes.LEGAL.next(
                Instant.parse("2024-01-10T03:00:00Z"), Zones.UNKNOWN_US, Statutes.NONE))
        .isEqualTo(
            new NextAllowed.At(
                Instant.parse("2024-01-10T18:00:00Z"), Limit.LAW, ZoneId.of("America/Adak"), null));
    assertThat(
            AllowedTimes.LEGAL.allows(
                Instant.parse("2024-01-11T01:59:59Z"), Zones.UNKNOWN_US, Statutes.NONE))
        .isTrue();
    assertThat(
            AllowedTimes.LEGAL.allows(
                Instant.parse("2024-01-11T02:00:00Z"), Zones.UNKNOWN_US, Statutes.NONE))
        .isFalse();
  }

  @Test
  void answersNeverWhenTheZonesHaveNoCommonHours() {
    List<ZoneId> apart = List.of(NEW_YORK, ZoneId.of("Asia/Shanghai"));
    AllowedTimes narrow = quiet("17:00", "12:00");

    assertThat(narrow.next(at("2024-06-07T12:00", NEW_YORK), apart, Statutes.NONE))
        .isInstanceOf(NextAllowed.Never.class);
  }

  @Test
  void movesAnOpeningInTheSpringGapForward() {
    // 02:30 does not exist on that day in New York; in Tokyo it is afternoon.
    AllowedTimes times = hours("02:30", "03:30", EVERY_DAY, "America/New_York");

    assertThat(times.next(at("2024-03-10T01:00", NEW_YORK), List.of(TOKYO), Statutes.NONE))
        .isEqualTo(
            new NextAllowed.At(
                at("2024-03-10T03:00", NEW_YORK), Limit.BUSINESS_HOURS, NEW_YORK, null));
  }

  @Test
  void waitsAnotherWeekForAWindowThatSpringSkips() {
    AllowedTimes times = hours("02:00", "03:00", EnumSet.of(DayOfWeek.SUNDAY), "America/New_York");

    assertThat(times.next(at("2024-03-03T03:00", NEW_YORK), List.of(TOKYO), Statutes.NONE))
        .isEqualTo(
            new NextAllowed.At(
                at("2024-03-17T02:00", NEW_YORK), Limit.BUSINESS_HOURS, NEW_YORK, null));
  }

  @Test
  void keepsBothPassesOfTheRepeatedHourOpen() {
    AllowedTimes times = hours("01:00", "02:00", EVERY_DAY, "America/New_York");
    Instant firstPass = Instant.parse("2024-11-03T05:30:00Z");

    assertThat(times.allows(firstPass, List.of(TOKYO), Statutes.NONE)).isTrue();
    assertThat(times.allows(firstPass.plusSeconds(3600), List.of(TOKYO), Statutes.NONE)).isTrue();
    assertThat(times.allows(firstPass.plusSeconds(7200), List.of(TOKYO), Statutes.NONE)).isFalse();
  }

  @Test
  void countsHoursAfterMidnightToTheDayOnWhichTheyBegan() {
    AllowedTimes times = hours("20:00", "10:00", EnumSet.of(DayOfWeek.FRIDAY), null);

    assertThat(times.allows(at("2024-06-08T09:00", NEW_YORK), List.of(NEW_YORK), Statutes.NONE))
        .isTrue();
    assertThat(times.allows(at("2024-06-07T09:00", NEW_YORK), List.of(NEW_YORK), Statutes.NONE))
        .isFalse();
  }

  @Test
  void knowsSantiagosMissingMidnight() {
    ZoneId santiago = ZoneId.of("America/Santiago");

    assertThat(
            AllowedTimes.LEGAL.next(
                Instant.parse("2024-09-08T03:30:00Z"), List.of(santiago), Statutes.NONE))
        .isEqualTo(
            new NextAllowed.At(Instant.parse("2024-09-08T11:00:00Z"), Limit.LAW, santiago, null));
    AllowedTimes midnight = hours("00:00", "01:30", EVERY_DAY, "America/Santiago");
    assertThat(midnight.next(Instant.parse("2024-09-08T03:30:00Z"), List.of(TOKYO), Statutes.NONE))
        .isEqualTo(
            new NextAllowed.At(
                Instant.parse("2024-09-08T04:00:00Z"), Limit.BUSINESS_HOURS, santiago, null));
  }

  @Test
  void knowsLordHowesHalfHour() {
    ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");

    assertThat(next(AllowedTimes.LEGAL, "2024-10-05T22:00", lordHowe))
        .isEqualTo(Instant.parse("2024-10-05T21:00:00Z"));
    assertThat(next(AllowedTimes.LEGAL, "2024-10-04T22:00", lordHowe))
        .isEqualTo(Instant.parse("2024-10-04T21:30:00Z"));
  }

  @Test
  void knowsKiritimatisDay() {
    assertThat(
            AllowedTimes.LEGAL.next(
                Instant.parse("2024-06-07T07:00:00Z"),
                List.of(ZoneId.of("Pacific/Kiritimati")),
                Statutes.NONE))
        .isEqualTo(
            new NextAllowed.At(
                Instant.parse("2024-06-07T18:00:00Z"),
                Limit.LAW,
                ZoneId.of("Pacific/Kiritimati"),
                null));
  }

  @Test
  void refusesAWindowThatStartsWhereItEnds() {
    assertThatThrownBy(() -> quiet("08:00", "08:00")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void allowsNothingWithoutACandidate() {
    assertThat(
            AllowedTimes.LEGAL.allows(at("2024-06-07T12:00", NEW_YORK), List.of(), Statutes.NONE))
        .isFalse();
  }

  @Test
  void takesTheDefaultQuietHours() {
    AllowedTimes times = AllowedTimes.of(BusinessSettings.DEFAULT_QUIET_HOURS, null);

    assertThat(times.next(at("2024-06-07T21:00", NEW_YORK), List.of(NEW_YORK), Statutes.NONE))
        .isEqualTo(new NextAllowed.At(at("2024-06-08T08:00", NEW_YORK), Limit.LAW, NEW_YORK, null));
  }

  private static AllowedTimes quiet(String start, String end) {
    return AllowedTimes.of(new QuietHours(LocalTime.parse(start), LocalTime.parse(end)), null);
  }

  private static AllowedTimes hours(
      String start, String end, Set<DayOfWeek> days, @Nullable String zone) {
    return AllowedTimes.of(
        null, new BusinessHours(LocalTime.parse(start), LocalTime.parse(end), days, zone));
  }

  private static Instant next(AllowedTimes times, String local, ZoneId zone) {
    return times.next(at(local, zone), List.of(zone), Statutes.NONE) instanceof NextAllowed.At found
        ? found.instant()
        : Instant.MAX;
  }

  private static Instant at(String local, ZoneId zone) {
    return LocalDateTime.parse(local).atZone(zone).toInstant();
  }
}
