package dev.aftertouch.service.retention;

import java.time.Duration;
import java.util.List;

/** One kind of row and how long it is kept, by the business clock. */
public sealed interface Keeping {
  /** In a word, for metrics and logs. */
  String name();

  /** How long. */
  Duration keep();

  /**
   * Rows that an index finds by their time.
   *
   * @param sql removes or empties at most {@code :batch} rows that are older than {@code :before}
   */
  record Dated(String name, Duration keep, String sql) implements Keeping {}

  /**
   * Rows of a table that has no index by time, because whoever writes it would pay for that: walked
   * in the order of the primary key, some at a time, from the first to the last and then again.
   *
   * @param key columns of the primary key
   * @param time the column that tells a row's age, or an expression; null for a row with which
   *     nothing is to be done any more
   * @param action what is done with rows that are old, such as {@code DELETE FROM notes}, or {@code
   *     UPDATE notes SET text = NULL}
   */
  record Walked(
      String name, Duration keep, String table, List<String> key, String time, String action)
      implements Keeping {
    /** Removes the rows. */
    public static Walked removing(
        String name, Duration keep, String table, List<String> key, String time) {
      return new Walked(name, keep, table, key, time, "DELETE FROM " + table);
    }
  }
}
