package dev.aftertouch.service.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowTypeTest {
  private static final UUID ID = UUID.fromString("0191f0d2-7a4e-7c11-9b5e-ffffffffff01");
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00.000001Z");

  private record Thing(
      UUID id,
      @Nullable String text,
      int number,
      @Nullable Integer perhaps,
      @Nullable Instant at,
      byte @Nullable [] body) {}

  /** Not in the type's order. */
  private static final RowType<Thing> THING =
      RowType.<Thing>of("thing")
          .blob("body", Thing::body)
          .instant("at", Thing::at)
          .optionalInt4("perhaps", Thing::perhaps)
          .int4("number", Thing::number)
          .text("text", Thing::text)
          .uuid("id", Thing::id);

  @Test
  void eachFieldArrivesInItsColumn() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(
              read(
                  connection,
                  List.of(
                      new Thing(
                          ID,
                          "a \"b\", (c)\nö €",
                          -2,
                          7,
                          NOON,
                          "ab".getBytes(StandardCharsets.UTF_8)),
                      new Thing(ID, null, 1, null, null, null))))
          .containsExactly(
              ID + "|a \"b\", (c)\nö €|-2|7|2026-03-10 12:00:00.000001+00|\\x6162", ID + "||1|||");
    }
  }

  @Test
  void aBatchMayBeEmptyOrLongerThanItsFirstBuffer() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(read(connection, List.of())).isEmpty();
      List<Thing> many =
          IntStream.range(0, 500)
              .mapToObj(i -> new Thing(ID, "x".repeat(300), i, null, null, null))
              .toList();
      assertThat(read(connection, many)).hasSize(500).last().asString().endsWith("|499|||");
    }
  }

  @Test
  void aTypeWithOtherFieldsIsRefused() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      RowType<Thing> fewer = RowType.<Thing>of("thing").uuid("id", Thing::id);
      assertThatThrownBy(() -> fewer.rows(List.of()).setTypeValue(statement, 1, 0, null))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("thing.text");
    }
  }

  private static List<String> read(Connection connection, List<Thing> things) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT concat_ws('|', id, coalesce(text, ''), number, coalesce(perhaps::text, ''), coalesce(at::text, ''),
                             coalesce(body::text, ''))
            FROM unnest(?::thing[])
            """)) {
      THING.rows(things).setTypeValue(statement, 1, 0, null);
      List<String> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(row.getString(1));
        }
      }
      return rows;
    }
  }

  private static Connection connect() throws SQLException {
    Infrastructure real = SharedInfrastructure.get();
    Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://%s:%d/postgres?options=-c%%20TimeZone=UTC"
                .formatted(real.postgresHost(), real.postgresPort()),
            "postgres",
            real.superuserPassword());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TYPE pg_temp.thing AS (id uuid, text text, number int, perhaps int, at timestamptz, body bytea)");
    }
    return connection;
  }
}
