package dev.aftertouch.enrollment.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads columns of a row as the domain's types. */
public final class Rows {
  private Rows() {}

  /** An id that the table requires. */
  public static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  /** An id that may be absent. */
  public static @Nullable UUID optionalUuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  /** A point in time that the table requires. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  /** A point in time that may be absent. */
  public static @Nullable Instant optionalInstant(ResultSet row, String column)
      throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
