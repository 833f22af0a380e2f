package dev.aftertouch.local.demo;

import java.util.ArrayList;
import java.util.List;

/** Reads and writes CSV as in RFC 4180: commas, quotes, line breaks within quotes. */
final class CsvTable {
  private CsvTable() {}

  /** All records, the header first; a line without any content is none. */
  static List<List<String>> read(String text) {
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',') {
        record.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\n') {
        end(records, record, cell);
        record = new ArrayList<>();
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    end(records, record, cell);
    return records;
  }

  static String write(List<List<String>> records) {
    StringBuilder text = new StringBuilder();
    for (List<String> record : records) {
      text.append(String.join(",", record.stream().map(CsvTable::cell).toList())).append("\r\n");
    }
    return text.toString();
  }

  private static void end(List<List<String>> records, List<String> record, StringBuilder cell) {
    if (!record.isEmpty() || !cell.isEmpty()) {
      record.add(cell.toString());
      records.add(record);
    }
    cell.setLength(0);
  }

  private static String cell(String value) {
    boolean quotes = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quotes ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
