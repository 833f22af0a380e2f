package dev.aftertouch.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final UUID ID = UUID.fromString("0191f0d2-7a4e-7c11-9b5e-ffffffffff01");
  private static final String UNCHANGED = "SELECT ?::text";

  @Test
  void eachKindArrivesAsItWas() throws SQLException {
    assertThat(asRead(Columns.uuids(Arrays.asList(ID, null), Function.identity())))
        .isEqualTo("{" + ID + ",NULL}");
    assertThat(
            asRead(
                Columns.texts(
                    Arrays.asList("plain", "", null, "a \"b\", {c}\nö €"), Function.identity())))
        .isEqualTo("{plain,\"\",NULL,\"a \\\"b\\\", {c}\nö €\"}");
    assertThat(asRead(Columns.ints(List.of(1, -2), Integer::intValue))).isEqualTo("{1,-2}");
    assertThat(asRead(Columns.optionalInts(Arrays.asList(7, null), Function.identity())))
        .isEqualTo("{7,NULL}");
    assertThat(asRead(Columns.longs(List.of(1L << 40), Long::longValue)))
        .isEqualTo("{1099511627776}");
    assertThat(asRead(Columns.optionalLongs(Arrays.asList(null, 3L), Function.identity())))
        .isEqualTo("{NULL,3}");
    assertThat(asRead(Columns.flags(List.of(true, false), Function.identity()))).isEqualTo("{t,f}");
    assertThat(
            asRead(
                Columns.decimals(
                    Arrays.asList(new BigDecimal("-129.50"), null), Function.identity())))
        .isEqualTo("{-129.50,NULL}");
    assertThat(
            asRead(
                Columns.blobs(
                    Arrays.asList("ab".getBytes(StandardCharsets.UTF_8), new byte[0], null),
                    Function.identity())))
        .isEqualTo("{\"\\\\x6162\",\"\\\\x\",NULL}");
  }

  @Test
  void timesArriveToTheMicrosecondOnBothSidesOf2000() throws SQLException {
    assertThat(
            asRead(
                Columns.instants(
                    Arrays.asList(
                        Instant.parse("2026-03-10T15:00:00.123456789Z"),
                        Instant.parse("1999-12-31T23:59:59.999999Z"),
                        Instant.parse("1969-07-20T20:17:40.000001Z"),
                        null),
                    Function.identity())))
        .isEqualTo(
            "{\"2026-03-10 15:00:00.123456+00\",\"1999-12-31 23:59:59.999999+00\",\"1969-07-20 20:17:40.000001+00\",NULL}");
  }

  @Test
  void aColumnMayBeEmptyOrLongerThanItsFirstBuffer() throws SQLException {
    assertThat(asRead(Columns.texts(List.<String>of(), Function.identity()))).isEqualTo("{}");
    String long1 = "x".repeat(5_000);
    assertThat(asRead(Columns.texts(List.of(long1, "y"), Function.identity())))
        .isEqualTo("{" + long1 + ",y}");
  }

  private static String asRead(Column column) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(UNCHANGED)) {
      statement.setObject(1, column);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static Connection connect() throws SQLException {
    Infrastructure real = SharedInfrastructure.get();
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", real.superuserPassword());
    properties.setProperty(
        "binaryTransferEnable",
        "UUID_ARRAY,TIMESTAMPTZ_ARRAY,BYTEA_ARRAY,BOOL_ARRAY,NUMERIC_ARRAY");
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/postgres".formatted(real.postgresHost(), real.postgresPort()),
        properties);
  }
}
