package dev.aftertouch.enrollment.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a CSV file of jobs: UTF-8 with or without byte order mark, quotes as in RFC 4180, comma or
 * semicolon, columns in any order.
 */
final class CsvRows {
  static final List<String> REQUIRED =
      List.of("job_id", "service_type", "completed_at", "customer_id");
  static final List<String> OPTIONAL =
      List.of(
          "value",
          "enroll",
          "first_name",
          "last_name",
          "email",
          "phone",
          "address_line1",
          "address_line2",
          "city",
          "state",
          "postal_code",
          "country",
          "time_zone");
  static final String CUSTOM = "custom.";
  private static final int MOST_ROWS = 50_000;

  /** A data row; empty cells are left out. */
  record Row(long line, Map<String, String> cells) {}

  /** The file as a whole. */
  sealed interface Read {
    record Rows(List<Row> rows) implements Read {}

    record Unreadable(String code, String explanation) implements Read {}
  }

  private CsvRows() {}

  static Read read(byte[] file) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(file))
              .toString();
    } catch (CharacterCodingException notUtf8) {
      return new Read.Unreadable(
          "not_utf8", "The file is not UTF-8. Save it as \"CSV UTF-8\" and send it again.");
    }
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (content.isBlank()) {
      return new Read.Unreadable("empty_file", "The file is empty. " + expected());
    }
    try {
      return rows(content);
    } catch (IOException | UncheckedIOException | IllegalStateException malformed) {
      return new Read.Unreadable("malformed_csv", "The file is not CSV: " + malformed.getMessage());
    }
  }

  private static Read rows(String content) throws IOException {
    String header = content.lines().findFirst().orElse("");
    char separator = header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
    CSVFormat format =
        CSVFormat.RFC4180.builder().setDelimiter(separator).setIgnoreEmptyLines(true).get();
    try (CSVParser parser = CSVParser.parse(content, format)) {
      Iterator<CSVRecord> records = parser.iterator();
      List<String> columns =
          records.next().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
      List<String> faults = headerFaults(columns);
      if (!faults.isEmpty()) {
        return new Read.Unreadable("wrong_header", String.join(" ", faults) + " " + expected());
      }
      List<Row> rows = new ArrayList<>();
      long line = parser.getCurrentLineNumber() + 1;
      while (records.hasNext()) {
        CSVRecord record = records.next();
        if (rows.size() == MOST_ROWS) {
          return new Read.Unreadable(
              "too_many_rows", "A file may have at most " + MOST_ROWS + " rows. Split it.");
        }
        rows.add(new Row(line, cells(columns, record)));
        line = parser.getCurrentLineNumber() + 1;
      }
      return new Read.Rows(rows);
    }
  }

  private static Map<String, String> cells(List<String> columns, CSVRecord record) {
    Map<String, String> cells = new TreeMap<>();
    for (int i = 0; i < record.size(); i++) {
      String value = record.get(i).strip();
      if (!value.isEmpty()) {
        cells.put(i < columns.size() ? columns.get(i) : BEYOND, value);
      }
    }
    return cells;
  }

  /** Stands for cells to the right of the last column. */
  static final String BEYOND = "";

  private static List<String> headerFaults(List<String> columns) {
    List<String> faults = new ArrayList<>();
    Set<String> known = new java.util.HashSet<>(REQUIRED);
    known.addAll(OPTIONAL);
    List<String> missing = REQUIRED.stream().filter(name -> !columns.contains(name)).toList();
    if (!missing.isEmpty()) {
      faults.add("The header lacks " + String.join(", ", missing) + ".");
    }
    List<String> unknown =
        columns.stream().filter(name -> !known.contains(name) && !name.startsWith(CUSTOM)).toList();
    if (!unknown.isEmpty()) {
      faults.add("The header has the unknown columns " + String.join(", ", unknown) + ".");
    }
    if (columns.stream().distinct().count() < columns.size()) {
      faults.add("The header names a column twice.");
    }
    return faults;
  }

  private static String expected() {
    return "Expected are "
        + String.join(", ", REQUIRED)
        + "; and as you like "
        + String.join(", ", OPTIONAL)
        + ", "
        + CUSTOM
        + "<name>.";
  }
}
