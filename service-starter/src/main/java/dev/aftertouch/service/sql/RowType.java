package dev.aftertouch.service.sql;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.springframework.jdbc.core.SqlTypeValue;

/**
 * A composite type of the database, and how a row of it is made of a value: the parameter of {@code
 * unnest(:rows::that_type[])}. One array for all columns, where {@link Columns} are one for each:
 * of two dozen columns a row so costs a third.
 *
 * <p>The fields are those of the type, in any order; the first statement on a connection asks the
 * database for their order and compares.
 *
 * @param <T> of which rows are made
 */
public final class RowType<T> {
  private record Field<T>(String name, Kind kind, BiConsumer<Cells, T> write) {}

  /** On one connection: numbers of the type and of arrays of it, the fields in the type's order. */
  private record Resolved<T>(int oid, int arrayOid, List<Field<T>> fields, int bytes) {}

  private final String name;
  private final List<Field<T>> fields = new ArrayList<>();
  private final Map<PgConnection, Resolved<T>> resolved =
      Collections.synchronizedMap(new WeakHashMap<>());

  private RowType(String name) {
    this.name = name;
  }

  /** To be completed by its fields, then never changed. */
  public static <T> RowType<T> of(String name) {
    return new RowType<>(name);
  }

  /** Of the type in the database. */
  public String name() {
    return name;
  }

  public RowType<T> uuid(String field, Function<T, @Nullable UUID> of) {
    return field(field, Kind.UUID, (cells, row) -> cells.uuid(of.apply(row)));
  }

  public RowType<T> text(String field, Function<T, @Nullable String> of) {
    return field(field, Kind.TEXT, (cells, row) -> cells.text(of.apply(row)));
  }

  public RowType<T> int4(String field, ToIntFunction<T> of) {
    return field(field, Kind.INT4, (cells, row) -> cells.int4(of.applyAsInt(row)));
  }

  public RowType<T> optionalInt4(String field, Function<T, @Nullable Integer> of) {
    return field(field, Kind.INT4, (cells, row) -> cells.optionalInt4(of.apply(row)));
  }

  public RowType<T> int8(String field, ToLongFunction<T> of) {
    return field(field, Kind.INT8, (cells, row) -> cells.int8(of.applyAsLong(row)));
  }

  public RowType<T> optionalInt8(String field, Function<T, @Nullable Long> of) {
    return field(field, Kind.INT8, (cells, row) -> cells.optionalInt8(of.apply(row)));
  }

  public RowType<T> decimal(String field, Function<T, @Nullable BigDecimal> of) {
    return field(field, Kind.NUMERIC, (cells, row) -> cells.decimal(of.apply(row)));
  }

  public RowType<T> flag(String field, Predicate<T> of) {
    return field(field, Kind.BOOL, (cells, row) -> cells.flag(of.test(row)));
  }

  /** As {@code timestamptz}, to the microsecond; what is finer is cut off. */
  public RowType<T> instant(String field, Function<T, @Nullable Instant> of) {
    return field(field, Kind.TIMESTAMPTZ, (cells, row) -> cells.instant(of.apply(row)));
  }

  public RowType<T> blob(String field, Function<T, byte @Nullable []> of) {
    return field(field, Kind.BYTEA, (cells, row) -> cells.blob(of.apply(row)));
  }

  private RowType<T> field(String field, Kind kind, BiConsumer<Cells, T> write) {
    fields.add(new Field<>(field, kind, write));
    return this;
  }

  /** Those values as rows: a parameter of one statement. */
  public SqlTypeValue rows(Collection<T> values) {
    return (statement, index, sqlType, typeName) -> set(statement, index, values);
  }

  private void set(PreparedStatement statement, int index, Collection<T> values)
      throws SQLException {
    PgConnection connection = statement.getConnection().unwrap(PgConnection.class);
    Resolved<T> type = resolved.get(connection);
    if (type == null) {
      type = resolve(connection);
      connection.getQueryExecutor().addBinarySendOid(type.arrayOid());
      resolved.put(connection, type);
    }
    statement.setObject(index, array(type, values));
  }

  private Column array(Resolved<T> type, Collection<T> values) {
    Column array = new Column(name, type.oid(), values.size(), type.bytes());
    Cells cells = array.cells();
    for (T value : values) {
      int begun = cells.begin();
      cells.number(type.fields().size());
      for (Field<T> field : type.fields()) {
        cells.number(field.kind().oid());
        field.write().accept(cells, value);
      }
      cells.end(begun);
    }
    return array;
  }

  private Resolved<T> resolve(PgConnection connection) throws SQLException {
    try (PreparedStatement question =
        connection.prepareStatement(
            """
            SELECT t.oid::int, t.typarray::int, a.attname, a.atttypid::int
            FROM pg_type t JOIN pg_attribute a ON a.attrelid = t.typrelid
            WHERE t.oid = ?::regtype AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """)) {
      question.setString(1, name);
      List<Field<T>> inOrder = new ArrayList<>();
      int oid = 0;
      int arrayOid = 0;
      int bytes = 8;
      try (ResultSet row = question.executeQuery()) {
        while (row.next()) {
          oid = row.getInt(1);
          arrayOid = row.getInt(2);
          Field<T> field = field(row.getString(3), row.getInt(4));
          bytes += 4 + field.kind().bytes();
          inOrder.add(field);
        }
      }
      if (inOrder.size() != fields.size()) {
        throw new IllegalStateException(
            "Type %s has %d fields and not %d".formatted(name, inOrder.size(), fields.size()));
      }
      return new Resolved<>(oid, arrayOid, inOrder, bytes);
    }
  }

  private Field<T> field(String field, int oid) {
    return fields.stream()
        .filter(known -> known.name().equals(field) && known.kind().oid() == oid)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Nothing is written to %s.%s, or of another type".formatted(name, field)));
  }
}
