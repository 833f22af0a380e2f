package dev.aftertouch.engine.law;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule as figures.
 *
 * @param holidays days from {@link #FIRST} on, until {@link #LAST_YEAR}; null where weekdays decide
 * @param from first second of the day that is allowed where the rule holds
 * @param until first second that no longer is; not after {@code from} where the day is closed
 * @param most the cap; 0 for no cap
 */
record CompiledRow(
    LawRow row,
    long effectiveFrom,
    long effectiveUntil,
    int days,
    @Nullable BitSet holidays,
    int from,
    int until,
    int most) {
  /** Holidays are known up to here; whoever comes so far extends it. */
  static final int LAST_YEAR = 2099;

  private static final int FIRST_YEAR = 2020;
  private static final long FIRST = LocalDate.of(FIRST_YEAR - 1, 1, 1).toEpochDay();
  private static final int EVERY_DAY = 0b111_1111;

  static CompiledRow of(LawRow row) {
    return switch (row.provision()) {
      case Provision.Hours hours ->
          of(
              row,
              bits(hours.days()),
              null,
              hours.from().toSecondOfDay(),
              hours.until().toSecondOfDay(),
              0);
      case Provision.ClosedDays closed -> of(row, bits(closed.days()), null, Statutes.DAY, 0, 0);
      case Provision.Holidays kept -> of(row, EVERY_DAY, days(kept), Statutes.DAY, 0, 0);
      case Provision.Cap cap -> of(row, EVERY_DAY, null, 0, Statutes.DAY, cap.most());
      case Provision.ImpliedConsent implied ->
          of(row, EVERY_DAY, null, 0, Statutes.DAY, implied.months());
    };
  }

  private static CompiledRow of(
      LawRow row, int days, @Nullable BitSet holidays, int from, int until, int most) {
    LocalDate first = row.effectiveFrom();
    LocalDate last = row.effectiveUntil();
    return new CompiledRow(
        row,
        first == null ? Long.MIN_VALUE : first.toEpochDay(),
        last == null ? Long.MAX_VALUE : last.toEpochDay(),
        days,
        holidays,
        from,
        until,
        most);
  }

  private static int bits(Set<DayOfWeek> days) {
    int bits = 0;
    for (DayOfWeek day : days) {
      bits |= 1 << day.ordinal();
    }
    return bits;
  }

  private static BitSet days(Provision.Holidays kept) {
    BitSet days = new BitSet();
    for (HolidayKept holiday : kept.holidays()) {
      for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        holiday.in(year).forEach(day -> days.set((int) (day.toEpochDay() - FIRST)));
      }
    }
    return days;
  }

  /** Whether it has anything to say of that day. */
  boolean holds(long epochDay) {
    if (epochDay < effectiveFrom || epochDay > effectiveUntil) {
      return false;
    }
    if (holidays != null) {
      long day = epochDay - FIRST;
      return day >= 0 && day < holidays.length() && holidays.get((int) day);
    }
    // 1970-01-01 was a Thursday, ordinal 3.
    return (days >> Math.floorMod(epochDay + 3, 7) & 1) != 0;
  }

  boolean allows(long epochDay, int secondOfDay) {
    return !holds(epochDay) || secondOfDay >= from && secondOfDay < until;
  }

  /** Of two that forbid a second of a day. */
  boolean isStricterThan(CompiledRow other, int secondOfDay) {
    boolean closed = row.provision().closesDays();
    if (closed || other.row.provision().closesDays()) {
      return closed && !other.row.provision().closesDays();
    }
    boolean early = secondOfDay < from;
    return early ? from > other.from : until < other.until;
  }
}
