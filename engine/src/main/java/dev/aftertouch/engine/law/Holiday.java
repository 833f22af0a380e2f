package dev.aftertouch.engine.law;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.THURSDAY;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/** A holiday that some state forbids to solicit on, and the day on which it falls each year. */
enum Holiday {
  NEW_YEAR(on(Month.JANUARY, 1)),
  BATTLE_OF_NEW_ORLEANS(on(Month.JANUARY, 8)),
  MARTIN_LUTHER_KING(the(3, MONDAY, Month.JANUARY)),
  PRESIDENTS(the(3, MONDAY, Month.FEBRUARY)),
  /** Shrove Tuesday. */
  MARDI_GRAS(year -> easter(year).minusDays(47)),
  GOOD_FRIDAY(year -> easter(year).minusDays(2)),
  /** Confederate Memorial Day in Alabama. */
  FOURTH_MONDAY_OF_APRIL(the(4, MONDAY, Month.APRIL)),
  /** Confederate Memorial Day in Mississippi. */
  LAST_MONDAY_OF_APRIL(last(Month.APRIL)),
  RHODE_ISLAND_INDEPENDENCE(on(Month.MAY, 4)),
  MEMORIAL(last(Month.MAY)),
  JEFFERSON_DAVIS(the(1, MONDAY, Month.JUNE)),
  FLAG_DAY(on(Month.JUNE, 14)),
  JUNETEENTH(on(Month.JUNE, 19)),
  /** The Monday before, or after a week-end (Utah Code 63G-1-301). */
  JUNETEENTH_IN_UTAH(Holiday::juneteenthInUtah),
  JULY_4(on(Month.JULY, 4)),
  PIONEER(on(Month.JULY, 24)),
  VICTORY(the(2, MONDAY, Month.AUGUST)),
  LABOR(the(1, MONDAY, Month.SEPTEMBER)),
  COLUMBUS(the(2, MONDAY, Month.OCTOBER)),
  ALL_SAINTS(on(Month.NOVEMBER, 1)),
  ELECTION_DAY(Holiday::electionDay),
  ELECTION_DAY_OF_EVEN_YEARS(year -> electionDay(year % 2 == 0 ? year : year - 1)),
  VETERANS(on(Month.NOVEMBER, 11)),
  THANKSGIVING(the(4, THURSDAY, Month.NOVEMBER)),
  DAY_AFTER_THANKSGIVING(year -> the(4, THURSDAY, Month.NOVEMBER).apply(year).plusDays(1)),
  CHRISTMAS(on(Month.DECEMBER, 25));

  private final IntFunction<LocalDate> rule;

  Holiday(IntFunction<LocalDate> rule) {
    this.rule = rule;
  }

  /** Its day in that year; of one that is not kept every year the last one up to it. */
  LocalDate in(int year) {
    return rule.apply(year);
  }

  /** The word used in the data. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Holiday> of(String code) {
    for (Holiday holiday : values()) {
      if (holiday.code().equals(code)) {
        return Optional.of(holiday);
      }
    }
    return Optional.empty();
  }

  private static IntFunction<LocalDate> on(Month month, int day) {
    MonthDay date = MonthDay.of(month, day);
    return date::atYear;
  }

  private static IntFunction<LocalDate> the(int ordinal, DayOfWeek day, Month month) {
    return year ->
        LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(ordinal, day));
  }

  private static IntFunction<LocalDate> last(Month month) {
    return year -> LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(MONDAY));
  }

  private static LocalDate electionDay(int year) {
    return the(1, MONDAY, Month.NOVEMBER).apply(year).plusDays(1);
  }

  private static LocalDate juneteenthInUtah(int year) {
    LocalDate day = LocalDate.of(year, Month.JUNE, 19);
    return switch (day.getDayOfWeek()) {
      case MONDAY -> day;
      case TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day.with(TemporalAdjusters.previous(MONDAY));
      case SATURDAY, SUNDAY -> day.with(TemporalAdjusters.next(MONDAY));
    };
  }

  /** Easter Sunday of the Gregorian calendar (the anonymous algorithm of Nature, 1876). */
  private static LocalDate easter(int year) {
    int golden = year % 19;
    int century = year / 100;
    int ofCentury = year % 100;
    int skipped = (8 * century + 13) / 25;
    int epact = (19 * golden + century - century / 4 - skipped + 15) % 30;
    int weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7;
    int correction = (golden + 11 * epact + 22 * weekday) / 451;
    int number = epact + weekday - 7 * correction + 114;
    return LocalDate.of(year, number / 31, number % 31 + 1);
  }
}
