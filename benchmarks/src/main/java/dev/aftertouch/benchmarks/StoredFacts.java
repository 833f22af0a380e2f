package dev.aftertouch.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Facts straight in the projections, by SQL: each enrollment that was folded from the topics is
 * copied with its touches and its timeline, and what is counted is multiplied. The copies' ids are
 * those of {@link FinishedTouches#enrollment}.
 */
final class StoredFacts {
  private static final String KEY = "business_id, enrollment_id";
  private static final String[] TABLES = {"enrollments", "touches", "timeline"};
  private static final String[] COUNTS = {"touch_counts", "enrollment_counts", "activities"};

  private StoredFacts() {}

  /**
   * Copies every enrollment so many times.
   *
   * @param enrollments how many there are, numbered from 0
   * @return what the tables measure afterwards
   */
  static Map<String, Object> multiply(Connection connection, int enrollments, int copies)
      throws SQLException {
    RowCopies rows = new RowCopies(connection);
    rows.execute(
        """
        CREATE TEMP TABLE template AS
        SELECT row_number() OVER (ORDER BY enrollment_id) - 1 AS place, business_id, enrollment_id FROM enrollments
        """);
    String numbers =
        "SELECT n, n %% %1$d AS place FROM generate_series(%1$d::bigint, %2$d) AS n"
            .formatted(enrollments, enrollments * (copies + 1L) - 1);
    Map<String, Object> found = new LinkedHashMap<>();
    for (String table : TABLES) {
      rows.keep(table, KEY);
      rows.add(
          table,
          numbers,
          Map.of(
              "enrollment_id",
              "(lpad(to_hex((3::bigint << 48) + n * 16), 16, '0') || repeat('0', 16))::uuid"));
      found.put(table + "_mb", rows.megabytes(table));
    }
    for (String table : COUNTS) {
      rows.multiply(table, copies + 1);
    }
    return found;
  }
}
