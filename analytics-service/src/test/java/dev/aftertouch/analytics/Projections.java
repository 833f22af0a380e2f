package dev.aftertouch.analytics;

import dev.aftertouch.local.infrastructure.Infrastructure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** All rows of some businesses, seen as the superuser. */
public record Projections(String url, Infrastructure real) {
  private static final List<String> TABLES =
      List.of(
          "businesses",
          "campaigns",
          "enrollments",
          "touches",
          "refusals",
          "touch_counts",
          "enrollment_counts",
          "activities",
          "timeline",
          "erased_enrollments");

  /** One line for each row of each table, sorted. */
  public List<String> dump(Collection<UUID> businesses) {
    List<String> lines = new ArrayList<>();
    run(
        statement -> {
          for (String table : TABLES) {
            try (ResultSet rows =
                statement.executeQuery(
                    "SELECT '%s ' || t::text FROM %s t WHERE business_id IN (%s) ORDER BY 1"
                        .formatted(table, table, quoted(businesses)))) {
              while (rows.next()) {
                lines.add(rows.getString(1));
              }
            }
          }
        });
    return lines;
  }

  /** Forgets those businesses. */
  public void clear(Collection<UUID> businesses) {
    run(
        statement -> {
          for (String table : TABLES) {
            statement.executeUpdate(
                "DELETE FROM %s WHERE business_id IN (%s)".formatted(table, quoted(businesses)));
          }
        });
  }

  private interface Work {
    void on(Statement statement) throws SQLException;
  }

  private void run(Work work) {
    try (Connection connection =
            DriverManager.getConnection(url, "postgres", real.superuserPassword());
        Statement statement = connection.createStatement()) {
      work.on(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static String quoted(Collection<UUID> businesses) {
    return businesses.stream().map(id -> "'" + id + "'").collect(Collectors.joining(","));
  }
}
