package dev.aftertouch.benchmarks;

import dev.aftertouch.local.infrastructure.Infrastructure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What PostgreSQL wrote. */
final class DatabaseFigures {
  /** Rows written and WAL bytes so far, over the whole cluster. */
  record Written(long rows, long walBytes) {}

  private final Infrastructure infrastructure;

  DatabaseFigures(Infrastructure infrastructure) {
    this.infrastructure = infrastructure;
  }

  Written written() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      // Sessions report their figures when idle; a second of patience makes them whole.
      statement.execute("SELECT pg_sleep(1.1)");
      try (ResultSet row =
          statement.executeQuery(
              """
              SELECT sum(tup_inserted + tup_updated + tup_deleted)::bigint,
                     pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
              FROM pg_stat_database
              """)) {
        row.next();
        return new Written(row.getLong(1), row.getLong(2));
      }
    }
  }

  /** Which PostgreSQL it is, how it was compiled, and the settings that its figures hang on. */
  Map<String, String> settings() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT name, current_setting(name) FROM pg_settings
                WHERE name IN ('server_version', 'shared_buffers', 'max_wal_size', 'huge_pages_status')
                UNION ALL SELECT 'optimised', substring(setting FROM '-O\\S*') FROM pg_config WHERE name = 'CFLAGS'
                """)) {
      Map<String, String> settings = new TreeMap<>();
      while (rows.next()) {
        settings.put(rows.getString(1), rows.getString(2));
      }
      return settings;
    }
  }

  /** Vacuums and analyses every database. */
  void vacuum() throws SQLException {
    for (String database : databases()) {
      try (Connection connection = connect(database);
          Statement statement = connection.createStatement()) {
        statement.execute("VACUUM ANALYZE");
      }
    }
  }

  /** Writes out what is dirty, whose pages go to the log in full when they change next. */
  void checkpoint() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
  }

  /** Rows of a table, past row-level security. */
  long count(String database, String table) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT datname FROM pg_database WHERE NOT datistemplate")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** As the superuser, whom no row-level security binds. */
  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(infrastructure.postgresHost(), infrastructure.postgresPort(), database),
        "postgres",
        infrastructure.superuserPassword());
  }
}
