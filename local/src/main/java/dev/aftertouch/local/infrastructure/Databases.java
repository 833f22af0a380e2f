package dev.aftertouch.local.infrastructure;

import dev.aftertouch.local.process.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Creates service databases and their roles from the templates in {@code deploy/postgres}. */
public final class Databases {
  private static final Pattern SERVICE = Pattern.compile("[a-z]{1,30}");

  private Databases() {}

  static ServiceDatabase createFresh(Infrastructure infrastructure, String service) {
    String suffix = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 45), 36);
    return create(infrastructure, service, service + "_" + suffix);
  }

  /** Creates what is missing of the database called like its service, and of its roles. */
  public static ServiceDatabase ensure(Infrastructure infrastructure, String service) {
    return create(infrastructure, service, service);
  }

  private static ServiceDatabase create(
      Infrastructure infrastructure, String service, String database) {
    if (!SERVICE.matcher(service).matches()) {
      throw new IllegalArgumentException("Not a service name: " + service);
    }
    Login owner = login(infrastructure, service, "owner");
    Login app = login(infrastructure, service, "app");
    Login worker = login(infrastructure, service, "worker");
    Login report = login(infrastructure, service, "report");
    Map<String, String> values =
        Map.of(
            "service", service,
            "database", database,
            "owner_password", owner.password(),
            "app_password", app.password(),
            "worker_password", worker.password(),
            "report_password", report.password());
    try {
      runOnce(infrastructure, values);
      try (Connection inside = connect(infrastructure, database);
          Statement statement = inside.createStatement()) {
        for (String sql : statements("service-schema.sql", values)) {
          statement.execute(sql);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Database " + database + " could not be created", e);
    }
    return new ServiceDatabase(url(infrastructure, database), owner, app, worker, report);
  }

  /**
   * Two creators at once would both alter the same roles, which PostgreSQL refuses: one after the
   * other.
   */
  private static void runOnce(Infrastructure infrastructure, Map<String, String> values)
      throws SQLException {
    try (Connection connection = connect(infrastructure, "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(hashtext('aftertouch service databases'))");
      for (String sql : statements("service-database.sql", values)) {
        if (!sql.startsWith("CREATE DATABASE")
            || !exists(statement, values.getOrDefault("database", ""))) {
          statement.execute(sql);
        }
      }
    }
  }

  private static boolean exists(Statement statement, String database) throws SQLException {
    try (var found =
        statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
      return found.next();
    }
  }

  static void createPlain(Infrastructure infrastructure, String database) {
    try (Connection connection = connect(infrastructure, "postgres");
        Statement statement = connection.createStatement()) {
      if (!exists(statement, database)) {
        statement.execute("CREATE DATABASE " + database);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Database " + database + " could not be created", e);
    }
  }

  private static Connection connect(Infrastructure infrastructure, String database)
      throws SQLException {
    return DriverManager.getConnection(
        url(infrastructure, database),
        PostgresServer.SUPERUSER,
        infrastructure.superuserPassword());
  }

  private static String url(Infrastructure infrastructure, String database) {
    return "jdbc:postgresql://%s:%d/%s"
        .formatted(infrastructure.postgresHost(), infrastructure.postgresPort(), database);
  }

  /** Statements of a template, separated by an empty line, without comment lines. */
  private static String[] statements(String template, Map<String, String> values) {
    Path file = ProjectRoot.find().resolve("deploy/postgres").resolve(template);
    try {
      String sql = Files.readString(file).replaceAll("(?m)^--.*\n", "");
      for (Map.Entry<String, String> value : values.entrySet()) {
        sql = sql.replace("{{" + value.getKey() + "}}", value.getValue());
      }
      return sql.strip().split("\n\n+", -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every role's password derives from the superuser's, so that one secret is enough to keep. */
  private static Login login(Infrastructure infrastructure, String service, String role) {
    String user = service + "_" + role;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              infrastructure.superuserPassword().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] derived = mac.doFinal(user.getBytes(StandardCharsets.UTF_8));
      return new Login(user, HexFormat.of().formatHex(derived, 0, 16));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
