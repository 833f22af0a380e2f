package dev.aftertouch.local.infrastructure;

import dev.aftertouch.local.process.ChildProcess;
import dev.aftertouch.local.process.ChildProcess.Command;
import dev.aftertouch.local.process.ClassArchives;
import dev.aftertouch.local.process.Java;
import dev.aftertouch.local.process.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Apicurio Registry in a JVM of its own. Its schemas live in PostgreSQL: an id that was lost while
 * Kafka still holds records written with it would make them unreadable.
 */
final class SchemaRegistry {
  static final String DATABASE = "registry";
  private static final int HEAP_MEGABYTES = 96;

  private final Path localTarget;
  private final Path log;
  private final int port;
  private final Infrastructure infrastructure;
  private final ClassArchives archives;

  SchemaRegistry(
      Path localTarget, Path log, int port, Infrastructure infrastructure, ClassArchives archives) {
    this.localTarget = localTarget;
    this.log = log;
    this.port = port;
    this.infrastructure = infrastructure;
    this.archives = archives;
  }

  ChildProcess start() {
    List<String> command = Java.smallAndQuick(HEAP_MEGABYTES);
    try {
      command.addAll(archives.arguments("registry", libraries(), List.of()));
    } catch (IOException e) {
      throw new UncheckedIOException("The schema registry could not be prepared", e);
    }
    command.addAll(
        List.of(
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
            "io.quarkus.runner.GeneratedMain"));
    Map<String, String> environment = new HashMap<>(Java.ENVIRONMENT);
    environment.put("APICURIO_DATASOURCE_PASSWORD", infrastructure.superuserPassword());
    return ChildProcess.start(new Command("registry", command, localTarget, log).with(environment));
  }

  /**
   * All on one class path, what Quarkus has rewritten before its originals: the JVM archives
   * nothing that Quarkus' own class loader has loaded.
   */
  private List<Path> libraries() throws IOException {
    Path registry = localTarget.resolve("registry");
    List<Path> libraries =
        new ArrayList<>(
            List.of(
                registry.resolve("quarkus/transformed-bytecode.jar"),
                registry.resolve("quarkus/generated-bytecode.jar")));
    for (String directory : List.of("app", "lib/boot", "lib/main")) {
      try (Stream<Path> jars = Files.list(registry.resolve(directory))) {
        jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(libraries::add);
      }
    }
    return libraries;
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
