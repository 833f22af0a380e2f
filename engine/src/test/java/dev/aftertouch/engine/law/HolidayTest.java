package dev.aftertouch.engine.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.definition.Channel;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against days that were written down by hand from calendars. */
class HolidayTest {
  private static final int NOON = 12 * 3600;

  @ParameterizedTest
  @CsvSource({
    "MARTIN_LUTHER_KING, 2026-01-19 2027-01-18 2028-01-17 2029-01-15 2030-01-21",
    "PRESIDENTS, 2026-02-16 2027-02-15 2028-02-21 2029-02-19 2030-02-18",
    "MARDI_GRAS, 2026-02-17 2027-02-09 2028-02-29 2029-02-13 2030-03-05",
    "GOOD_FRIDAY, 2026-04-03 2027-03-26 2028-04-14 2029-03-30 2030-04-19",
    "FOURTH_MONDAY_OF_APRIL, 2026-04-27 2027-04-26 2028-04-24 2029-04-23 2030-04-22",
    "LAST_MONDAY_OF_APRIL, 2026-04-27 2027-04-26 2028-04-24 2029-04-30 2030-04-29",
    "MEMORIAL, 2026-05-25 2027-05-31 2028-05-29 2029-05-28 2030-05-27",
    "JEFFERSON_DAVIS, 2026-06-01 2027-06-07 2028-06-05 2029-06-04 2030-06-03",
    "JUNETEENTH_IN_UTAH, 2026-06-15 2027-06-21 2028-06-19 2029-06-18 2030-06-17",
    "VICTORY, 2026-08-10 2027-08-09 2028-08-14 2029-08-13 2030-08-12",
    "LABOR, 2026-09-07 2027-09-06 2028-09-04 2029-09-03 2030-09-02",
    "COLUMBUS, 2026-10-12 2027-10-11 2028-10-09 2029-10-08 2030-10-14",
    "ELECTION_DAY, 2026-11-03 2027-11-02 2028-11-07 2029-11-06 2030-11-05",
    "ELECTION_DAY_OF_EVEN_YEARS, 2026-11-03 2026-11-03 2028-11-07 2028-11-07 2030-11-05",
    "THANKSGIVING, 2026-11-26 2027-11-25 2028-11-23 2029-11-22 2030-11-28",
    "DAY_AFTER_THANKSGIVING, 2026-11-27 2027-11-26 2028-11-24 2029-11-23 2030-11-29"
  })
  void fallsOnThatDay(Holiday holiday, String days) {
    for (int i = 0; i < 5; i++) {
      assertThat(holiday.in(2026 + i)).isEqualTo(LocalDate.parse(days.split(" ")[i]));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "US-UT, 2026, 01-01 01-19 02-16 05-25 06-15 06-19 07-03 07-04 07-24 09-07 10-12 11-11 11-26 12-25",
    "US-UT, 2027, 01-01 01-18 02-15 05-31 06-19 06-21 07-05 07-23 07-24 09-06 10-11 11-11 11-25 12-24 12-25 12-31",
    "US-UT, 2028, 01-01 01-17 02-21 05-29 06-19 07-04 07-24 09-04 10-09 11-10 11-11 11-23 12-25",
    "US-UT, 2029, 01-01 01-15 02-19 05-28 06-18 06-19 07-04 07-24 09-03 10-08 11-12 11-22 12-25",
    "US-UT, 2030, 01-01 01-21 02-18 05-27 06-17 06-19 07-04 07-24 09-02 10-14 11-11 11-28 12-25",
    "US-AL, 2026, 01-01 01-19 02-16 02-17 04-27 05-25 06-01 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25",
    "US-AL, 2028, 01-01 01-17 02-21 02-29 04-24 05-29 06-05 06-19 07-04 09-04 10-09 11-10 11-11 11-23 12-25",
    "US-RI, 2026, 01-01 01-19 02-16 05-04 05-25 06-19 07-04 08-10 09-07 10-12 11-03 11-11 11-26 12-25",
    "US-RI, 2029, 01-01 01-15 02-19 05-04 05-28 06-19 07-04 08-13 09-03 10-08 11-12 11-22 12-25",
    "US-MS, 2029, 01-01 01-15 02-19 04-30 05-28 07-04 09-03 11-12 11-22 12-25",
    "US-LA, 2027, 01-01 01-08 01-18 02-09 02-15 03-26 05-31 06-18 06-19 07-05 09-06 10-11 11-01 11-11 11-25 11-26 12-24 12-25 12-31"
  })
  void closesTheseDaysOfTheYearAndTheSundays(String state, int year, String days) {
    Statutes law = Statutes.of(Channel.SMS, state, null);
    List<LocalDate> closed =
        LocalDate.of(year, 1, 1)
            .datesUntil(LocalDate.of(year + 1, 1, 1))
            .filter(day -> !law.allows(day.toEpochDay(), NOON))
            .filter(day -> day.getDayOfWeek() != DayOfWeek.SUNDAY)
            .toList();

    assertThat(closed)
        .isEqualTo(
            Arrays.stream(days.split(" ")).map(day -> LocalDate.parse(year + "-" + day)).toList());
    assertThat(
            LocalDate.of(year, 1, 1)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .filter(day -> day.getDayOfWeek() == DayOfWeek.SUNDAY))
        .noneMatch(day -> law.allows(day.toEpochDay(), NOON));
  }

  @Test
  void closesNoHolidayBeforeItWasOne() {
    Statutes alabama = Statutes.of(Channel.SMS, "US-AL", null);

    assertThat(alabama.allows(LocalDate.of(2024, 6, 19).toEpochDay(), NOON)).isTrue();
    assertThat(alabama.allows(LocalDate.of(2025, 6, 19).toEpochDay(), NOON)).isFalse();
  }
}
