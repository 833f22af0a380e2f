package dev.aftertouch.engine.law;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a rule of law says. */
public sealed interface Provision {
  /** On these days only from {@code from} on and before {@code until}; nothing of other days. */
  record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime until) implements Provision {}

  /** Not at all on these days. */
  record ClosedDays(Set<DayOfWeek> days) implements Provision {}

  /** Not at all on these holidays. */
  record Holidays(List<HolidayKept> holidays) implements Provision {
    /** The days that they close in that year, in order. */
    public List<LocalDate> in(int year) {
      return holidays.stream()
          .flatMap(kept -> Stream.concat(kept.in(year).stream(), kept.in(year + 1).stream()))
          .filter(day -> day.getYear() == year)
          .distinct()
          .sorted()
          .toList();
    }
  }

  /** At most that many in any 24 hours to one person. */
  record Cap(int most) implements Provision {}

  /**
   * The consent that follows from a purchase ends so many months after it, unless the person
   * consented expressly.
   */
  record ImpliedConsent(int months) implements Provision {
    /** When the consent ends that follows from a purchase at that time. */
    public Instant end(Instant purchase) {
      return purchase.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
    }
  }

  /** Whether it closes whole days. */
  default boolean closesDays() {
    return switch (this) {
      case ClosedDays closed -> true;
      case Holidays holidays -> true;
      case Hours hours -> false;
      case Cap cap -> false;
      case ImpliedConsent implied -> false;
    };
  }

  /** The word used in the data. */
  default String kind() {
    return switch (this) {
      case Hours hours -> "hours";
      case ClosedDays closed -> "closed_day";
      case Holidays holidays -> "holiday";
      case Cap cap -> "cap_24h";
      case ImpliedConsent implied -> "implied_consent_months";
    };
  }
}
