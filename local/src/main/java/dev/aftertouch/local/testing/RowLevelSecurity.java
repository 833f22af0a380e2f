package dev.aftertouch.local.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Tries every table with a business × every verb as the application's role of one business against
 * the rows of another. Generated from the catalog, so that a new table is tried without anybody
 * remembering it. Every such table must hold a row of the victim: an empty table proves nothing and
 * is reported as a fault.
 *
 * @param url of the database
 * @param superuser to see all rows
 */
public record RowLevelSecurity(
    String url, String superuser, String superuserPassword, String app, String appPassword) {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /** What the intruder could do, in words; empty when nothing. */
  public List<String> breaches(UUID intruder, UUID victim, String... exempt) throws SQLException {
    List<String> breaches = new ArrayList<>();
    try (Connection all = DriverManager.getConnection(url, superuser, superuserPassword)) {
      for (String table : tables(all)) {
        if (!List.of(exempt).contains(table)) {
          breaches.addAll(breachesOf(all, table, intruder, victim));
        }
      }
    }
    return breaches;
  }

  /** All rows of a business by table, as JSON, sorted; the outbox is left out, since it empties. */
  public Map<String, List<String>> dump(UUID business) throws SQLException {
    Map<String, List<String>> dump = new TreeMap<>();
    try (Connection all = DriverManager.getConnection(url, superuser, superuserPassword)) {
      for (String table : tables(all)) {
        if (!table.equals("outbox")) {
          dump.put(table, rowsOf(all, table, business));
        }
      }
    }
    return dump;
  }

  private static List<String> rowsOf(Connection all, String table, UUID business)
      throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement =
        all.prepareStatement(
            "SELECT to_jsonb(t)::text FROM " + table + " t WHERE business_id = ? ORDER BY 1")) {
      statement.setObject(1, business);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  private List<String> breachesOf(Connection all, String table, UUID intruder, UUID victim)
      throws SQLException {
    List<String> breaches = new ArrayList<>();
    long rows = count(all, table, victim);
    if (rows == 0) {
      return List.of(table + ": holds no row of the victim, so nothing is proved");
    }
    try (Connection connection = DriverManager.getConnection(url, app, appPassword)) {
      connection.setAutoCommit(false);
      attempt(
          connection,
          intruder,
          breaches,
          table + ": SELECT sees foreign rows",
          s -> count(connection, table, victim) > 0);
      attempt(
          connection,
          intruder,
          breaches,
          table + ": UPDATE changes foreign rows",
          s ->
              s.executeUpdate(
                      "UPDATE "
                          + table
                          + " SET business_id = business_id WHERE business_id = '"
                          + victim
                          + "'")
                  > 0);
      attempt(
          connection,
          intruder,
          breaches,
          table + ": DELETE removes foreign rows",
          s ->
              s.executeUpdate("DELETE FROM " + table + " WHERE business_id = '" + victim + "'")
                  > 0);
      String copy = copyOfOneRow(all, table, victim);
      attempt(
          connection,
          intruder,
          breaches,
          table + ": INSERT adds a foreign row",
          s -> insert(connection, table, copy));
      connection.commit();
      attempt(
          connection,
          null,
          breaches,
          table + ": SELECT without a business sees rows",
          s -> anyRow(s, table));
    }
    if (count(all, table, victim) != rows) {
      breaches.add(table + ": the victim's rows changed");
    }
    return breaches;
  }

  private interface Attempt {
    boolean succeeds(Statement statement) throws SQLException;
  }

  private static void attempt(
      Connection connection,
      @org.jspecify.annotations.Nullable UUID business,
      List<String> breaches,
      String breach,
      Attempt attempt)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (business != null) {
        statement.execute("SELECT set_config('app.business_id', '" + business + "', true)");
      }
      if (attempt.succeeds(statement)) {
        breaches.add(breach);
      }
    } catch (SQLException refused) {
      // Refused for want of a right: by the policy or because the verb was never granted. Anything
      // else is a broken check.
      if (!INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState())
          && !String.valueOf(refused.getMessage()).contains("generated column")) {
        breaches.add(breach + "? The attempt failed otherwise: " + refused.getMessage());
      }
    } finally {
      connection.rollback();
    }
  }

  private static List<String> tables(Connection all) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = all.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT c.relname FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'business_id' AND NOT a.attisdropped
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
                """)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static long count(Connection connection, String table, UUID business)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT count(*) FROM " + table + " WHERE business_id = ?")) {
      statement.setObject(1, business);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static boolean anyRow(Statement statement, String table) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT 1 FROM " + table + " WHERE business_id IS NOT NULL LIMIT 1")) {
      return rows.next();
    }
  }

  private static String copyOfOneRow(Connection all, String table, UUID business)
      throws SQLException {
    try (PreparedStatement statement =
        all.prepareStatement(
            "SELECT to_jsonb(t)::text FROM " + table + " t WHERE business_id = ? LIMIT 1")) {
      statement.setObject(1, business);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private static boolean insert(Connection connection, String table, String row)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO "
                + table
                + " OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_record(NULL::"
                + table
                + ", ?::jsonb)")) {
      statement.setString(1, row);
      return statement.executeUpdate() > 0;
    }
  }
}
