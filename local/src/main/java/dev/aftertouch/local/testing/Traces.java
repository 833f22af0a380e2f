package dev.aftertouch.local.testing;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Looks for a text in every column of every row of every table of a database, bytes included.
 * Generated from the catalog, so that a new table is searched without anybody remembering it.
 *
 * @param superuser to see all rows
 */
public record Traces(String url, String superuser, String superuserPassword) {
  /**
   * The tables that still hold the text, whatever its case, with how many rows; empty when none.
   */
  public List<String> of(String text) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection all = DriverManager.getConnection(url, superuser, superuserPassword)) {
      for (String table : tables(all)) {
        long rows = rowsWith(all, table, text.toLowerCase(Locale.ROOT));
        if (rows > 0) {
          found.add(table + ": " + rows);
        }
      }
    }
    return found;
  }

  private static List<String> tables(Connection all) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PreparedStatement query =
            all.prepareStatement(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  /** Bytes show as hexadecimal digits, so the text is looked for in this form, too. */
  private static long rowsWith(Connection all, String table, String text) throws SQLException {
    try (PreparedStatement query =
        all.prepareStatement(
            "SELECT count(*) FROM %1$s t WHERE position(? IN lower(t::text)) > 0 OR position(? IN t::text) > 0"
                .formatted(table))) {
      query.setString(1, text);
      query.setString(2, HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
