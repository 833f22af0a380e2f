package dev.aftertouch.enrollment.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * One column of a batch of rows, as a parameter for {@code unnest}: a thousand rows cost one
 * statement.
 */
public final class Columns {
  private Columns() {}

  public static <T> SqlArrayValue uuids(Collection<T> rows, Function<T, @Nullable UUID> column) {
    return array("uuid", rows, column);
  }

  public static <T> SqlArrayValue texts(Collection<T> rows, Function<T, @Nullable String> column) {
    return array("text", rows, column);
  }

  public static <T> SqlArrayValue ints(Collection<T> rows, ToIntFunction<T> column) {
    return array("int4", rows, column::applyAsInt);
  }

  public static <T> SqlArrayValue optionalInts(
      Collection<T> rows, Function<T, @Nullable Integer> column) {
    return array("int4", rows, column);
  }

  public static <T> SqlArrayValue longs(Collection<T> rows, ToLongFunction<T> column) {
    return array("int8", rows, column::applyAsLong);
  }

  public static <T> SqlArrayValue optionalLongs(
      Collection<T> rows, Function<T, @Nullable Long> column) {
    return array("int8", rows, column);
  }

  /** Instants travel as ISO 8601 in UTC. */
  public static <T> SqlArrayValue instants(
      Collection<T> rows, Function<T, @Nullable Instant> column) {
    return array("timestamptz", rows, column);
  }

  public static <T> SqlArrayValue decimals(
      Collection<T> rows, Function<T, @Nullable BigDecimal> column) {
    return array("numeric", rows, column);
  }

  private static <T> SqlArrayValue array(
      String type, Collection<T> rows, Function<T, ? extends @Nullable Object> column) {
    @Nullable Object[] values = new Object[rows.size()];
    int i = 0;
    for (T row : rows) {
      values[i++] = column.apply(row);
    }
    return new SqlArrayValue(type, values);
  }
}
