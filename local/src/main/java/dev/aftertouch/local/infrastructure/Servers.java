package dev.aftertouch.local.infrastructure;

import dev.aftertouch.local.process.ChildProcess;
import dev.aftertouch.local.process.ClassArchives;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The three servers as children of this process. Kafka starts beside PostgreSQL; the registry as
 * soon as PostgreSQL has its database.
 */
public final class Servers implements AutoCloseable {
  public static final String POSTGRES = "postgres";
  public static final String KAFKA = "kafka";
  public static final String REGISTRY = "registry";

  private final Map<String, ChildProcess> running = new LinkedHashMap<>();
  private final Options options;
  private final Progress progress;
  private final Infrastructure infrastructure;

  private Servers(Options options, Progress progress, Infrastructure infrastructure) {
    this.options = options;
    this.progress = progress;
    this.infrastructure = infrastructure;
  }

  /** Ports to listen on, all on 127.0.0.1. */
  public record Addresses(int postgres, int kafka, int kafkaController, int registry) {}

  /**
   * @param localTarget the build directory of this module, with the unpacked servers
   * @param data where their data live, for the next start too
   * @param archives of the classes that the broker and the registry load
   * @param postgres further settings of PostgreSQL, which win
   */
  public record Options(
      Path localTarget,
      Path data,
      Path logs,
      Addresses addresses,
      String superuserPassword,
      ClassArchives archives,
      Map<String, String> postgres) {}

  /** Starts all three and returns when all are ready; on failure nothing is left running. */
  public static Servers start(Options options, Progress progress) {
    Addresses ports = options.addresses();
    Infrastructure infrastructure =
        new Infrastructure(
            "127.0.0.1",
            ports.postgres(),
            "127.0.0.1:" + ports.kafka(),
            "http://127.0.0.1:" + ports.registry() + "/apis/registry/v3",
            "http://127.0.0.1:" + ports.registry() + "/apis/ccompat/v7",
            options.superuserPassword());
    Servers servers = new Servers(options, progress, infrastructure);
    try {
      CompletableFuture<Void> kafka = CompletableFuture.runAsync(() -> servers.startKafka());
      servers.startPostgres();
      servers.startRegistry();
      kafka.join();
      return servers;
    } catch (CompletionException e) {
      servers.close();
      throw e.getCause() instanceof StartFailure failure ? failure : e;
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** Hears about each server when it begins to start and when it is ready. */
  public interface Progress {
    void starting(String server);

    void ready(String server, ChildProcess process);
  }

  private void startPostgres() {
    progress.starting(POSTGRES);
    PostgresServer server =
        new PostgresServer(
            PostgresInstallation.of(options.localTarget()),
            options.data().resolve("postgres"),
            options.logs().resolve("postgres.log"),
            options.addresses().postgres(),
            options.superuserPassword(),
            options.postgres());
    progress.ready(POSTGRES, remember(server.start()));
  }

  private void startKafka() {
    progress.starting(KAFKA);
    KafkaBroker broker =
        new KafkaBroker(
            options.localTarget(),
            options.data().resolve("kafka"),
            options.logs().resolve("kafka.log"),
            options.addresses().kafka(),
            options.addresses().kafkaController(),
            options.archives());
    ChildProcess process = remember(broker.start());
    broker.awaitReady(process);
    progress.ready(KAFKA, process);
  }

  private void startRegistry() {
    progress.starting(REGISTRY);
    Databases.createPlain(infrastructure, SchemaRegistry.DATABASE);
    SchemaRegistry registry =
        new SchemaRegistry(
            options.localTarget(),
            options.logs().resolve("registry.log"),
            options.addresses().registry(),
            infrastructure,
            options.archives());
    ChildProcess process = remember(registry.start());
    registry.awaitReady(process);
    progress.ready(REGISTRY, process);
  }

  /**
   * Starts a server again that has ended or was killed; returns when it is ready.
   *
   * @param name postgres, kafka or registry
   */
  public void restart(String name) {
    ChildProcess process = processes().get(name);
    if (process != null) {
      process.stop();
    }
    switch (name) {
      case POSTGRES -> startPostgres();
      case KAFKA -> startKafka();
      case REGISTRY -> startRegistry();
      default -> throw new IllegalArgumentException("There is no server " + name);
    }
  }

  private ChildProcess remember(ChildProcess process) {
    synchronized (running) {
      running.put(process.name(), process);
    }
    return process;
  }

  public Infrastructure infrastructure() {
    return infrastructure;
  }

  /** The server processes by name: postgres, kafka, registry. */
  public Map<String, ChildProcess> processes() {
    synchronized (running) {
      return Map.copyOf(running);
    }
  }

  /** Stops the registry before the database that it writes to; Kafka meanwhile. */
  @Override
  public void close() {
    Map<String, ChildProcess> processes = processes();
    List<ChildProcess> ending = new ArrayList<>(processes.values());
    ending.removeIf(process -> process.name().equals(POSTGRES));
    ending.forEach(ChildProcess::letGo);
    ending.forEach(ChildProcess::stop);
    ChildProcess postgres = processes.get(POSTGRES);
    if (postgres != null) {
      postgres.stop();
    }
  }
}
