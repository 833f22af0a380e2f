package dev.aftertouch.analytics.reporting;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of a report: its columns are the view's, in JSON, CSV and SQL alike. */
record Table(List<String> columns, List<Map<String, @Nullable Object>> rows) {
  static Table of(ResultSet result) throws SQLException {
    ResultSetMetaData data = result.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= data.getColumnCount(); i++) {
      columns.add(data.getColumnLabel(i));
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    while (result.next()) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        row.put(columns.get(i), result.getObject(i + 1));
      }
      rows.add(row);
    }
    return new Table(columns, rows);
  }
}
