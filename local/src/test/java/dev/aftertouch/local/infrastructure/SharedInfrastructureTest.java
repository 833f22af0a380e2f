package dev.aftertouch.local.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class SharedInfrastructureTest {
  private final Infrastructure infrastructure = SharedInfrastructure.get();

  @Test
  void postgresIsVersion18() throws SQLException {
    ServiceDatabase database = infrastructure.createDatabase("campaign");

    assertThat(text(database, database.owner(), "SHOW server_version")).startsWith("18.");
  }

  @Test
  void anotherTestJvmJoinsTheSameServers() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                JoiningMain.class.getName())
            .redirectErrorStream(true)
            .start();

    String answer =
        new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

    assertThat(answer).isEqualTo(infrastructure.toString());
  }

  /** What a second forked test JVM of the same build does. */
  static final class JoiningMain {
    private JoiningMain() {}

    public static void main(String[] arguments) {
      System.out.println(SharedInfrastructure.get());
    }
  }

  @Test
  void kafkaHasOneBroker() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", infrastructure.bootstrapServers()))) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
  }

  @Test
  void registryRefusesBreakingSchemasByDefault() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest config =
          HttpRequest.newBuilder(URI.create(infrastructure.ccompatUrl() + "/config")).build();

      assertThat(client.send(config, BodyHandlers.ofString()).body()).contains("BACKWARD");
    }
  }

  @Test
  void rolesCanNeitherBypassNorCreate() throws SQLException {
    ServiceDatabase database = infrastructure.createDatabase("dispatch");

    for (Login login :
        new Login[] {database.owner(), database.app(), database.worker(), database.report()}) {
      assertThat(
              text(
                  database,
                  login,
                  """
                  SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolinherit
                  FROM pg_roles WHERE rolname = current_user
                  """))
          .as(login.user())
          .isEqualTo("f");
    }
    assertThatThrownBy(() -> text(database, database.app(), "CREATE TABLE mine (id int)"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> text(database, database.app(), "SET ROLE dispatch_owner"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void rolesSeeOnlyTheirOwnServicesDatabase() {
    ServiceDatabase campaign = infrastructure.createDatabase("campaign");
    ServiceDatabase dispatch = infrastructure.createDatabase("dispatch");

    assertThatThrownBy(() -> text(dispatch, campaign.app(), "SELECT 1"))
        .hasMessageContaining("permission denied");
  }

  private static String text(ServiceDatabase database, Login login, String sql)
      throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), login.user(), login.password());
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      var rows = statement.getResultSet();
      rows.next();
      return rows.getString(1);
    }
  }
}
