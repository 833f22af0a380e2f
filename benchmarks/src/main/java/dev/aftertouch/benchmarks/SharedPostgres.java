package dev.aftertouch.benchmarks;

import dev.aftertouch.local.infrastructure.Infrastructure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The PostgreSQL in which the peers and we work one after another, each in a fresh database. */
final class SharedPostgres {
  private static final String SUPERUSER = "postgres";

  /** Counters at one moment. */
  record Reading(Map<String, Long> cpuMicros, long walBytes) {}

  private final Infrastructure infrastructure;
  private final long pid;

  SharedPostgres(Infrastructure infrastructure, long pid) {
    this.infrastructure = infrastructure;
    this.pid = pid;
  }

  /** An empty database; one of that name is gone with all its connections. */
  void create(String database) throws SQLException {
    drop(database);
    execute("postgres", "CREATE DATABASE " + database);
  }

  void drop(String database) throws SQLException {
    execute("postgres", "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
  }

  /** Every run starts from tidy tables and pages that are written. */
  void tidy(String database) throws SQLException {
    execute(database, "VACUUM ANALYZE");
    execute(database, "CHECKPOINT");
  }

  /** CPU time of PostgreSQL and of the given processes, and the log written so far. */
  Reading read(Map<String, Long> processes) throws SQLException {
    Map<String, Long> pids = new HashMap<>(processes);
    pids.put("postgres", pid);
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")) {
      row.next();
      return new Reading(ProcessFigures.cpuMicros(pids), row.getLong(1));
    }
  }

  /** How to sign in, as libpq's environment variables name it: out of sight of other users. */
  Map<String, String> environment(String database) {
    return Map.of(
        "PGHOST", infrastructure.postgresHost(),
        "PGPORT", Integer.toString(infrastructure.postgresPort()),
        "PGUSER", SUPERUSER,
        "PGPASSWORD", infrastructure.superuserPassword(),
        "PGDATABASE", database);
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(infrastructure.postgresHost(), infrastructure.postgresPort(), database),
        SUPERUSER,
        infrastructure.superuserPassword());
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
