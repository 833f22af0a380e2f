package dev.aftertouch.local.testing;

import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * A service's database that lives with one version of its tables and then with another, as the
 * service's own user migrates it; rows are written and read as the superuser, whom no policy binds.
 */
public final class MigratedDatabase implements AutoCloseable {
  private final ServiceDatabase database;
  private final String[] locations;
  private final Connection connection;

  private MigratedDatabase(ServiceDatabase database, String[] locations, Connection connection) {
    this.database = database;
    this.locations = locations;
    this.connection = connection;
  }

  /**
   * An empty one.
   *
   * @param locations of the service's migrations, in Flyway's form
   */
  public static MigratedDatabase of(
      Infrastructure infrastructure, String service, String... locations) throws SQLException {
    ServiceDatabase database = infrastructure.createDatabase(service);
    return new MigratedDatabase(
        database,
        locations,
        DriverManager.getConnection(
            database.url(), "postgres", infrastructure.superuserPassword()));
  }

  /** Migrates to that version, or to the {@code latest}. */
  public void migrate(String version) {
    Flyway.configure()
        .dataSource(database.url(), database.owner().user(), database.owner().password())
        .locations(locations)
        .placeholders(
            Map.of(
                "owner", database.owner().user(),
                "app", database.app().user(),
                "worker", database.worker().user(),
                "report", database.report().user()))
        .target(version)
        .load()
        .migrate();
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of what the query finds. */
  public List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
