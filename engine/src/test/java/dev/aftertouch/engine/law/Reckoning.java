package dev.aftertouch.engine.law;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;

/** The law once more, by hand: what a careful person would look up in statutes and calendars. */
final class Reckoning {
  /** 2024 to 2030. */
  private static final List<String> EASTER =
      List.of(
          "2024-03-31",
          "2025-04-20",
          "2026-04-05",
          "2027-03-28",
          "2028-04-16",
          "2029-04-01",
          "2030-04-21");

  private Reckoning() {}

  static boolean isOpen(String state, ZonedDateTime at) {
    double hour = at.getHour() + at.getMinute() / 60.0;
    LocalDate day = at.toLocalDate();
    boolean saturday = at.getDayOfWeek() == DayOfWeek.SATURDAY;
    boolean sunday = at.getDayOfWeek() == DayOfWeek.SUNDAY;
    if (hour < 8 || hour >= 21 || isHoliday(state, day)) {
      return false;
    }
    return switch (state) {
      case "US-AL", "US-LA", "US-MS" -> !sunday && hour < 20;
      case "US-UT" -> !sunday;
      case "US-SD" -> !saturday && !sunday && hour >= 9;
      case "US-RI" -> !sunday && (saturday ? hour >= 10 && hour < 17 : hour >= 9 && hour < 18);
      case "US-PA" -> !saturday || hour < 12;
      case "US-TX" -> hour >= (sunday ? 12 : 9);
      case "US-KY" -> hour >= 10;
      case "US-CT", "US-NV" -> hour >= 9 && hour < 20;
      case "US-FL", "US-MA", "US-MD", "US-NJ", "US-OK", "US-WA" -> hour < 20;
      case "US-OR" -> day.getYear() < 2026 || hour < 20;
      case "US-MI", "US-MN", "US-NM" -> hour >= 9;
      case "CA-ON", "CA-BC" -> saturday || sunday ? hour >= 10 && hour < 18 : hour >= 9;
      default -> true;
    };
  }

  private static boolean isHoliday(String state, LocalDate day) {
    return switch (state) {
      case "US-AL" ->
          common(day, true)
              || nth(day, 10, 2, DayOfWeek.MONDAY)
              || fromEaster(day, -47)
              || nth(day, 4, 4, DayOfWeek.MONDAY)
              || nth(day, 6, 1, DayOfWeek.MONDAY)
              || day.getYear() > 2024 && near(day, 6, 19);
      case "US-LA" ->
          common(day, true)
              || nth(day, 10, 2, DayOfWeek.MONDAY)
              || fixed(day, 1, 8)
              || fromEaster(day, -47)
              || fromEaster(day, -2)
              || near(day, 6, 19)
              || fixed(day, 11, 1)
              || nth(day.minusDays(1), 11, 4, DayOfWeek.THURSDAY);
      case "US-MS" ->
          common(day, false)
              || day.getMonthValue() == 4
                  && day.getDayOfWeek() == DayOfWeek.MONDAY
                  && day.getDayOfMonth() > 23;
      case "US-PA" ->
          common(day, false)
              || nth(day, 10, 2, DayOfWeek.MONDAY)
              || fromEaster(day, -2)
              || fixed(day, 6, 14)
              || fixed(day, 6, 19)
              || election(day);
      case "US-RI" ->
          common(day, false)
              || nth(day, 10, 2, DayOfWeek.MONDAY)
              || fixed(day, 5, 4)
              || monday(day, 6, 19)
              || nth(day, 8, 2, DayOfWeek.MONDAY)
              || day.getYear() % 2 == 0 && election(day);
      case "US-UT" ->
          common(day, true)
              || nth(day, 10, 2, DayOfWeek.MONDAY)
              || near(day, 7, 24)
              || fixed(day, 6, 19)
              || day.getMonthValue() == 6
                  && day.getDayOfWeek() == DayOfWeek.MONDAY
                  && day.getDayOfMonth() >= 15
                  && day.getDayOfMonth() <= 21;
      default -> false;
    };
  }

  /** What all of these states keep; those of fixed date may be kept on a Friday or a Monday. */
  private static boolean common(LocalDate day, boolean fridays) {
    boolean lastMondayOfMay =
        day.getMonthValue() == 5
            && day.getDayOfWeek() == DayOfWeek.MONDAY
            && day.getDayOfMonth() > 24;
    return lastMondayOfMay
        || nth(day, 1, 3, DayOfWeek.MONDAY)
        || nth(day, 2, 3, DayOfWeek.MONDAY)
        || nth(day, 9, 1, DayOfWeek.MONDAY)
        || nth(day, 11, 4, DayOfWeek.THURSDAY)
        || kept(day, 1, 1, fridays)
        || kept(day, 7, 4, fridays)
        || kept(day, 11, 11, fridays)
        || kept(day, 12, 25, fridays);
  }

  private static boolean kept(LocalDate day, int month, int date, boolean fridays) {
    return fridays ? near(day, month, date) : monday(day, month, date);
  }

  private static boolean near(LocalDate day, int month, int date) {
    return monday(day, month, date)
        || day.getDayOfWeek() == DayOfWeek.FRIDAY && fixed(day.plusDays(1), month, date);
  }

  private static boolean monday(LocalDate day, int month, int date) {
    return fixed(day, month, date)
        || day.getDayOfWeek() == DayOfWeek.MONDAY && fixed(day.minusDays(1), month, date);
  }

  private static boolean fixed(LocalDate day, int month, int date) {
    return day.getMonthValue() == month && day.getDayOfMonth() == date;
  }

  private static boolean nth(LocalDate day, int month, int ordinal, DayOfWeek weekday) {
    return day.getMonthValue() == month
        && day.getDayOfWeek() == weekday
        && (day.getDayOfMonth() - 1) / 7 + 1 == ordinal;
  }

  private static boolean election(LocalDate day) {
    return day.getMonthValue() == 11
        && day.getDayOfWeek() == DayOfWeek.TUESDAY
        && day.getDayOfMonth() >= 2
        && day.getDayOfMonth() <= 8;
  }

  private static boolean fromEaster(LocalDate day, int days) {
    int year = day.getYear() - 2024;
    return year >= 0
        && year < EASTER.size()
        && LocalDate.parse(EASTER.get(year)).plusDays(days).equals(day);
  }
}
