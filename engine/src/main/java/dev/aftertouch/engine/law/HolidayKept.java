package dev.aftertouch.engine.law;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/**
 * A holiday as a state keeps it: on its own day, and where that falls on a week-end perhaps on
 * another, too.
 *
 * @param code the holiday's word in the data
 */
public record HolidayKept(String code, Observed observed) {
  /** Which day is kept besides the holiday's own. */
  public enum Observed {
    /** None. */
    ITSELF,
    /** Monday for Sunday. */
    MONDAY,
    /** Monday for Sunday, Friday for Saturday. */
    NEAR
  }

  /**
   * @throws IllegalArgumentException for a holiday that is not known
   */
  public HolidayKept {
    if (Holiday.of(code).isEmpty()) {
      throw new IllegalArgumentException("There is no holiday " + code);
    }
  }

  /** The days that are kept for that year's holiday; New Year's may be kept in the year before. */
  List<LocalDate> in(int year) {
    LocalDate day = Holiday.of(code).orElseThrow().in(year);
    boolean monday = observed != Observed.ITSELF && day.getDayOfWeek() == DayOfWeek.SUNDAY;
    boolean friday = observed == Observed.NEAR && day.getDayOfWeek() == DayOfWeek.SATURDAY;
    return monday
        ? List.of(day, day.plusDays(1))
        : friday ? List.of(day.minusDays(1), day) : List.of(day);
  }
}
