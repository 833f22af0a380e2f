package dev.aftertouch.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows by SQL, as many as wanted: copies of rows that the service wrote itself, so that they are
 * like its own whatever columns its tables have. A template table keeps what is copied.
 */
final class RowCopies {
  private final Connection connection;

  RowCopies(Connection connection) throws SQLException {
    this.connection = connection;
    // The templates are hashed in one piece, so that the copies are written in their order.
    execute("SET work_mem = '256MB'");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * Keeps the rows of a table that belong to the rows of {@code template}, as {@code
   * template_TABLE}, with all columns that the table has and the template has besides.
   *
   * @param key the columns by which they belong together
   */
  void keep(String table, String key) throws SQLException {
    execute(
        "CREATE TEMP TABLE template_%1$s AS SELECT * FROM template JOIN %1$s USING (%2$s)"
            .formatted(table, key));
    execute("ANALYZE template_" + table);
  }

  /**
   * Adds a row for each row of {@code numbers} and of the templates at its place.
   *
   * @param numbers a query for {@code n}, which names the copy, and the {@code place} of its
   *     template
   * @param changed SQL by column, in which the numbers are {@code n}; other columns are copied
   */
  void add(String table, String numbers, Map<String, String> changed) throws SQLException {
    List<String> columns = columns(table, "is_generated = 'NEVER'");
    List<String> values =
        columns.stream().map(column -> changed.getOrDefault(column, "t." + column)).toList();
    execute(
        "INSERT INTO %1$s (%2$s) SELECT %3$s FROM (%4$s) AS numbers JOIN template_%1$s t USING (place)"
            .formatted(table, String.join(", ", columns), String.join(", ", values), numbers));
    tellFigures();
  }

  /** Multiplies all columns that count, which are those of the type {@code bigint}. */
  void multiply(String table, long factor) throws SQLException {
    String products =
        columns(table, "data_type = 'bigint'").stream()
            .map(column -> "%1$s = %1$s * %2$d".formatted(column, factor))
            .collect(Collectors.joining(", "));
    execute("UPDATE %s SET %s".formatted(table, products));
  }

  /** Of a table with its indexes. */
  long megabytes(String table) throws SQLException {
    return number("SELECT pg_total_relation_size('%s') / 1000000".formatted(table));
  }

  /** Removes all rows of a table. */
  void remove(String table) throws SQLException {
    execute("DELETE FROM " + table);
    tellFigures();
  }

  /** An idle session tells its figures late, and they would be taken for those of a run. */
  private void tellFigures() throws SQLException {
    execute("SELECT pg_stat_force_next_flush()");
  }

  private List<String> columns(String table, String which) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT quote_ident(column_name) FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = ? AND %s
            ORDER BY ordinal_position
            """
                .formatted(which))) {
      query.setString(1, table);
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
      return columns;
    }
  }
}
