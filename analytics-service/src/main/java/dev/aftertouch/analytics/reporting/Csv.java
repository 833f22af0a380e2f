package dev.aftertouch.analytics.reporting;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe
 * in front, because names come from people.
 */
final class Csv {
  private static final String FORMULA_BEGINNINGS = "=+-@\t\r";

  private Csv() {}

  static String of(Table table) {
    StringBuilder csv = new StringBuilder(line(table.columns()));
    table.rows().forEach(row -> csv.append(line(table.columns().stream().map(row::get).toList())));
    return csv.toString();
  }

  private static String line(List<? extends @Nullable Object> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Number number) {
      return number.toString();
    }
    String text = value.toString();
    if (!text.isEmpty() && FORMULA_BEGINNINGS.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
