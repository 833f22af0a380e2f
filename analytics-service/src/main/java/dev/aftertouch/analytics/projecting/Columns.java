package dev.aftertouch.analytics.projecting;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** One column of a batch of rows as a parameter for {@code unnest}. */
final class Columns {
  private Columns() {}

  static <T> SqlArrayValue of(
      String type, Collection<T> rows, Function<T, ? extends @Nullable Object> column) {
    @Nullable Object[] values = new Object[rows.size()];
    int i = 0;
    for (T row : rows) {
      values[i++] = column.apply(row);
    }
    return new SqlArrayValue(type, values);
  }

  /** As milliseconds since 1970: numbers travel in binary form. */
  static <T> SqlArrayValue ofTimes(Collection<T> rows, Function<T, @Nullable Instant> column) {
    return of(
        "int8",
        rows,
        row -> {
          Instant time = column.apply(row);
          return time == null ? null : time.toEpochMilli();
        });
  }
}
