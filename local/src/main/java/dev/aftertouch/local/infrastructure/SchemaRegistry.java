package dev.aftertouch.local.infrastructure;

import dev.aftertouch.local.process.ChildProcess;
import dev.aftertouch.local.process.ChildProcess.Command;
import dev.aftertouch.local.process.Java;
import dev.aftertouch.local.process.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Apicurio Registry in a JVM of its own. Its schemas live in PostgreSQL: an id that was lost while
 * Kafka still holds records written with it would make them unreadable.
 */
final class SchemaRegistry {
  static final String DATABASE = "registry";

  private final Path localTarget;
  private final Path log;
  private final int port;
  private final Infrastructure infrastructure;

  SchemaRegistry(Path localTarget, Path log, int port, Infrastructure infrastructure) {
    this.localTarget = localTarget;
    this.log = log;
    this.port = port;
    this.infrastructure = infrastructure;
  }

  ChildProcess start() {
    List<String> command = Java.small(192);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=0",
            "-Dquarkus.http.access-log.enabled=false",
            "-Dquarkus.log.category.\"io.apicurio\".level=WARN",
            "-Dapicurio.storage.kind=sql",
            "-Dapicurio.storage.sql.kind=postgresql",
            "-Dapicurio.datasource.url=jdbc:postgresql://%s:%d/%s"
                .formatted(infrastructure.postgresHost(), infrastructure.postgresPort(), DATABASE),
            "-Dapicurio.datasource.username=" + PostgresServer.SUPERUSER,
            "-Dapicurio.datasource.jdbc.initial-size=1",
            "-Dapicurio.datasource.jdbc.min-size=1",
            "-Dapicurio.datasource.jdbc.max-size=8",
            "-jar",
            localTarget.resolve("registry/quarkus-run.jar").toString()));
    return ChildProcess.start(
        new Command("registry", command, localTarget, log)
            .with(Map.of("APICURIO_DATASOURCE_PASSWORD", infrastructure.superuserPassword())));
  }

  /**
   * Waits until it answers, then sets what Confluent's registry would have by default: BACKWARD
   * compatibility.
   */
  void awaitReady(ChildProcess process) {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      HttpRequest setCompatibility =
          HttpRequest.newBuilder(URI.create(infrastructure.ccompatUrl() + "/config"))
              .timeout(Duration.ofSeconds(10))
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
              .build();
      boolean ready =
          Pause.until(
              Duration.ofSeconds(120),
              () -> succeeds(client, setCompatibility) || !process.isAlive());
      if (!ready || !process.isAlive()) {
        throw StartFailure.of("The schema registry", log);
      }
    }
  }

  private static boolean succeeds(HttpClient client, HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return response.statusCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
