package dev.aftertouch.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftertouch.local.ClockFile;
import dev.aftertouch.local.infrastructure.Databases;
import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.Login;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.process.Pause;
import dev.aftertouch.local.process.Ports;
import dev.aftertouch.local.process.Trouble;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSystemTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void keepsItsDataAndItsClockWhenKilledAndStartedAgain() throws Exception {
    Options options = StubProject.in(directory);
    Instant before;
    Collection<Long> processes;
    try (SupervisorProcess supervisor = SupervisorProcess.start(directory, options.ports())) {
      fill(options);
      processes = supervisor.pids();
      before = new ClockFile(options.data().resolve("clock.properties")).now();

      supervisor.kill();

      assertThat(processes).hasSize(4);
      assertThat(Pause.until(SOON, () -> processes.stream().noneMatch(LocalSystemTest::isAlive)))
          .as("children of a killed parent end")
          .isTrue();
    }

    try (LocalSystem again = LocalSystem.start(options)) {
      assertThat(rows(again.database(Service.CAMPAIGN))).isEqualTo(1);
      assertThat(topics(again)).contains("kept");
      assertThat(subjects(again)).contains("kept-value");
      assertThat(again.clock().now()).isAfterOrEqualTo(before);
    }
  }

  @Test
  void killsAndRestartsAServiceAndRevivesItWhereToldTo() throws Exception {
    Options options = StubProject.in(directory).keepingAlive();
    try (LocalSystem system = LocalSystem.start(options)) {
      long first = pid(system).orElseThrow();

      system.restart(Service.CAMPAIGN);
      long second = pid(system).orElseThrow();
      system.kill(Service.CAMPAIGN);

      assertThat(second).isNotEqualTo(first);
      assertThat(isAlive(second)).isFalse();
      assertThat(Pause.until(SOON, () -> pid(system).filter(pid -> pid != second).isPresent()))
          .as("starts again by itself")
          .isTrue();
      assertThat(system.startAnother(Service.CAMPAIGN)).isEqualTo("campaign-service-2");
      assertThat(commandLines(system))
          .noneMatch(line -> line.contains(system.secrets().superuserPassword()));
      assertThat(onlyOwnersMayRead(options.data().resolve("secrets.properties"))).isTrue();
      assertThat(onlyOwnersMayRead(options.data().resolve("config/campaign-service.properties")))
          .isTrue();
    }
  }

  @Test
  void namesThePortThatIsInUseAndWhatToDo() throws Exception {
    Options options = StubProject.in(directory);
    try (ServerSocket taken =
        new ServerSocket(options.ports().kafka(), 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> LocalSystem.start(options))
          .isInstanceOf(Trouble.class)
          .hasMessageContainingAll(
              "Port " + taken.getLocalPort(), "Kafka", "in use", "AFTERTOUCH_PORT_BASE");
    }
  }

  @Test
  void saysHowMuchSpaceIsLeftOnAFullDisk() {
    assertThatThrownBy(() -> Preflight.checkDisk(directory, Long.MAX_VALUE))
        .isInstanceOf(Trouble.class)
        .hasMessageContainingAll("MB left", "free some space and try again");
  }

  @Test
  void namesTheModuleThatIsNotBuilt() throws Exception {
    Options options = StubProject.in(directory).withServices(Set.of(Service.GATEWAY));

    assertThatThrownBy(() -> LocalSystem.start(options))
        .isInstanceOf(Trouble.class)
        .hasMessageContainingAll("gateway is not built", "mvn");
  }

  @Test
  void namesTheLogOfAServiceThatDiesWhileStartingAndLeavesNothingRunning() throws Exception {
    Options options =
        StubProject.in(directory)
            .withProperties(Map.of(Service.CAMPAIGN, Map.of("stub.fails", "no such table")));

    assertThatThrownBy(() -> LocalSystem.start(options))
        .isInstanceOf(Trouble.class)
        .hasMessageContainingAll(
            "campaign-service did not start",
            options.log("campaign-service").toString(),
            "no such table");
    assertThat(Ports.answers(options.ports().postgres())).isFalse();
    assertThat(Ports.answers(options.ports().kafka())).isFalse();
  }

  private static void fill(Options options) throws Exception {
    LocalSecrets secrets = LocalSecrets.in(options.data().resolve("secrets.properties"));
    var infrastructure =
        new Infrastructure(
            "127.0.0.1",
            options.ports().postgres(),
            "127.0.0.1:" + options.ports().kafka(),
            "http://127.0.0.1:" + options.ports().registry() + "/apis/registry/v3",
            "http://127.0.0.1:" + options.ports().registry() + "/apis/ccompat/v7",
            secrets.superuserPassword());
    ServiceDatabase database = Databases.ensure(infrastructure, "campaign");
    try (Connection connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept AS SELECT 1 AS id");
    }
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", infrastructure.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest register =
          HttpRequest.newBuilder(
                  URI.create(infrastructure.ccompatUrl() + "/subjects/kept-value/versions"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"schema\":\"\\\"string\\\"\"}"))
              .build();
      assertThat(client.send(register, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private static int rows(ServiceDatabase database) throws Exception {
    try (Connection connection = connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM kept")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static Connection connect(ServiceDatabase database) throws Exception {
    Login owner = database.owner();
    return DriverManager.getConnection(database.url(), owner.user(), owner.password());
  }

  private static Collection<String> topics(LocalSystem system) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", system.infrastructure().bootstrapServers()))) {
      return admin.listTopics().names().get();
    }
  }

  private static String subjects(LocalSystem system) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest list =
          HttpRequest.newBuilder(URI.create(system.infrastructure().ccompatUrl() + "/subjects"))
              .build();
      return client.send(list, BodyHandlers.ofString()).body();
    }
  }

  private static Optional<Long> pid(LocalSystem system) {
    return Optional.ofNullable(system.pids().get("campaign-service"));
  }

  private static List<String> commandLines(LocalSystem system) {
    return system.pids().values().stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .map(process -> process.info().commandLine().orElse(""))
        .toList();
  }

  private static boolean onlyOwnersMayRead(Path file) throws Exception {
    return Files.getPosixFilePermissions(file).equals(PosixFilePermissions.fromString("rw-------"));
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
