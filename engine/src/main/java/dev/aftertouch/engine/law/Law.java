package dev.aftertouch.engine.law;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.law.HolidayKept.Observed;
import dev.aftertouch.engine.law.LawRow.Basis;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All rules of law that are known, from {@code law.tsv}. */
public final class Law {
  private static final List<List<String>> LINES = Tables.lines("law.tsv");
  private static final String VERSION = LINES.getFirst().get(1);
  private static final List<LawRow> ROWS = LINES.stream().skip(2).map(Law::read).toList();

  private Law() {}

  /** The day on which the rules were last gone through; evidence names it. */
  public static String version() {
    return VERSION;
  }

  /** Every rule, in the order of the data. */
  public static List<LawRow> rows() {
    return ROWS;
  }

  private static LawRow read(List<String> cells) {
    try {
      return new LawRow(
          cells.get(0),
          cells.get(1),
          Channel.valueOf(cells.get(2).toUpperCase(Locale.ROOT)),
          Basis.valueOf(cells.get(3).toUpperCase(Locale.ROOT)),
          provision(cells),
          date(cells.get(9)),
          date(cells.get(10)),
          cells.get(11),
          given(cells.get(12)));
    } catch (RuntimeException malformed) {
      throw new IllegalStateException("law.tsv: " + cells, malformed);
    }
  }

  private static Provision provision(List<String> cells) {
    String days = cells.get(5);
    return switch (cells.get(4)) {
      case "hours" ->
          new Provision.Hours(
              days(days), LocalTime.parse(cells.get(6)), LocalTime.parse(cells.get(7)));
      case "closed_day" -> new Provision.ClosedDays(days(days));
      case "holiday" -> new Provision.Holidays(holidays(days));
      case "cap_24h" -> new Provision.Cap(Integer.parseInt(cells.get(8)));
      case "implied_consent_months" -> new Provision.ImpliedConsent(Integer.parseInt(cells.get(8)));
      default -> throw new IllegalArgumentException("Unknown kind " + cells.get(4));
    };
  }

  private static Set<DayOfWeek> days(String text) {
    EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      List<String> ends = List.of(part.split("-", -1));
      days.addAll(EnumSet.range(day(ends.getFirst()), day(ends.getLast())));
    }
    return Set.copyOf(days);
  }

  private static DayOfWeek day(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().toLowerCase(Locale.ROOT).startsWith(text) && text.length() == 3) {
        return day;
      }
    }
    throw new IllegalArgumentException("There is no day " + text);
  }

  private static List<HolidayKept> holidays(String text) {
    List<HolidayKept> kept = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int slash = part.indexOf('/');
      kept.add(
          slash < 0
              ? new HolidayKept(part, Observed.ITSELF)
              : new HolidayKept(
                  part.substring(0, slash),
                  Observed.valueOf(part.substring(slash + 1).toUpperCase(Locale.ROOT))));
    }
    return List.copyOf(kept);
  }

  private static @Nullable LocalDate date(String text) {
    return text.equals("-") ? null : LocalDate.parse(text);
  }

  private static @Nullable String given(String text) {
    return text.equals("-") ? null : text;
  }
}
