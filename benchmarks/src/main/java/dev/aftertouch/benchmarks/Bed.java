package dev.aftertouch.benchmarks;

import dev.aftertouch.benchmarks.reporting.Machine;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.local.system.LocalSystem;
import dev.aftertouch.local.system.Options;
import dev.aftertouch.local.system.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fresh system on free ports with the instruments around it. It begins on a Tuesday at nine in
 * Denver, outside any quiet hours.
 */
final class Bed implements AutoCloseable {
  private static final Instant DAWN = Instant.parse("2026-03-10T15:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Counters at one moment. */
  record Reading(Map<String, Long> cpuMicros, DatabaseFigures.Written written) {

    /** What each of that many things cost since an earlier reading. */
    Cost since(Reading before, int things) {
      Map<String, Double> cpu = new LinkedHashMap<>();
      cpuMicros.forEach(
          (process, micros) ->
              cpu.put(
                  process,
                  (micros - before.cpuMicros().getOrDefault(process, 0L)) / (double) things));
      cpu.put("total", cpu.values().stream().mapToDouble(Double::doubleValue).sum());
      return new Cost(
          cpu,
          (written.rows() - before.written().rows()) / (double) things,
          (written.walBytes() - before.written().walBytes()) / (double) things);
    }
  }

  /** Of one thing: CPU time by process in microseconds and their sum, rows, bytes of WAL. */
  record Cost(Map<String, Double> cpuUs, double rows, double walBytes) {}

  private final LocalSystem system;
  private final Topic topics;
  private final DatabaseFigures database;
  private final Path data;
  private final Map<String, Object> machine;

  private Bed(LocalSystem system, Path data, Map<String, Object> machine) {
    this.system = system;
    this.topics = new Topic(system.infrastructure());
    this.database = new DatabaseFigures(system.infrastructure());
    this.data = data;
    this.machine = machine;
  }

  static Bed start(Set<Service> services) throws IOException {
    return start(services, Map.of());
  }

  static Bed start(Set<Service> services, Map<String, String> postgres) throws IOException {
    return start(services, postgres, Map.of());
  }

  /**
   * @param further properties of services other than those they are delivered with
   */
  static Bed start(
      Set<Service> services,
      Map<String, String> postgres,
      Map<Service, Map<String, String>> further)
      throws IOException {
    Map<Service, Map<String, String>> properties = new EnumMap<>(Service.class);
    properties.put(
        Service.PROVIDER_SANDBOX,
        Map.of("SANDBOX_AUTO_DELIVER", "false", "SANDBOX_KEEP_MESSAGES", "1000"));
    properties.putAll(further);
    Map<String, Object> machine = Machine.conditions();
    Path data = Files.createTempDirectory("aftertouch-bench");
    Options options =
        Options.onFreePorts(data)
            .withServices(services)
            .withPostgres(postgres)
            .withProperties(properties);
    LocalSystem system = LocalSystem.start(options);
    system.clock().begin(DAWN, 1);
    Bed bed = new Bed(system, data, machine);
    try {
      machine.put("postgres", bed.database.settings());
      return bed;
    } catch (SQLException unreadable) {
      bed.close();
      throw new IllegalStateException(unreadable);
    }
  }

  /** Instruments that look into the processes; what they find goes to that directory. */
  Profile profile(Path directory) {
    return new Profile(system.infrastructure(), system.pids(), directory.toAbsolutePath());
  }

  Instant now() {
    return system.clock().now();
  }

  Topic topics() {
    return topics;
  }

  void jump(Instant to) {
    system.clock().jumpTo(to);
  }

  /** Base URL of the gateway. */
  String gateway() {
    return system.urls().gateway();
  }

  /**
   * Holds a service where it stands, warm as it is, so that what is published meanwhile lies before
   * it. Its consumers are put out of their groups after 15 seconds, and come back after {@link
   * #thaw}.
   */
  void freeze(Service service) {
    system.freeze(service.module());
  }

  void thaw(Service service) {
    system.thaw(service.module());
  }

  /** kill -9. */
  void kill(Service service) {
    system.kill(service);
  }

  /** Starts a service that was killed; returns when it is ready. */
  void restart(Service service) {
    system.restart(service);
  }

  /** A service's own database, with the rows of all businesses. */
  Connection connect(Service service) throws SQLException {
    return database.connect(service.shortName());
  }

  /** Rows of a table of a service's own database, of all businesses. */
  long count(Service service, String table) throws SQLException {
    return database.count(service.shortName(), table);
  }

  /** Publishes businesses and jobs and waits until all are enrolled; answers jobs per second. */
  double enroll(Benchmarks.Size size, Instant warmUpDue, Instant measuredDue) throws Exception {
    Workload workload = new Workload(size.businesses);
    try (KafkaProducer<String, Object> producer = topics.producer()) {
      workload.publishBusinesses(producer, now());
      awaitLevel();
      workload.publishJobs(producer, 0, size.warmUp, warmUpDue, Duration.ZERO);
      awaitSize(Topics.ENROLLMENTS, size.warmUp);
      long started = System.nanoTime();
      new Workload(size.dueBusinesses())
          .publishJobs(
              producer,
              size.warmUp,
              size.touches,
              measuredDue,
              Duration.ofSeconds(size.spreadSeconds));
      long all = size.warmUp + (long) size.touches;
      awaitSize(Topics.ENROLLMENTS, all);
      double seconds = (System.nanoTime() - started) / 1e9;
      awaitLevel();
      return size.touches / seconds;
    }
  }

  void awaitSize(String topic, long records) throws Exception {
    await(() -> topics.size(topic) >= records, records + " records in " + topic);
  }

  void awaitRows(Service service, String table, long rows) throws Exception {
    await(() -> count(service, table) >= rows, rows + " rows in " + table);
  }

  void awaitRowsGone(Service service, String table) throws Exception {
    await(() -> count(service, table) == 0, "no row to be left in " + table);
  }

  /** Waits until no consumer lags behind. */
  void awaitLevel() throws Exception {
    await(
        () -> topics.lags().values().stream().allMatch(lag -> lag == 0), "all stages to be level");
  }

  /** Vacuums and analyses, so that a run starts from tidy tables. */
  void tidy() throws SQLException {
    database.vacuum();
  }

  /** Ends what the warm-up's preparation left to be written. */
  void checkpoint() throws SQLException {
    database.checkpoint();
  }

  Reading read() throws SQLException {
    return new Reading(ProcessFigures.cpuMicros(system.pids()), database.written());
  }

  long acceptedBySandbox() throws IOException, InterruptedException {
    HttpResponse<String> summary =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(system.urls().sandbox() + "/sandbox/ledger/summary"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return JsonMapper.shared().readTree(summary.body()).path("accepted").asLong();
  }

  Map<String, Object> conditions(Benchmarks.Size size) {
    Map<String, Object> conditions = machine();
    conditions.put("touches", size.touches);
    conditions.put("businesses", size.businesses);
    conditions.put("due_businesses", size.dueBusinesses());
    conditions.put("spread_seconds", size.spreadSeconds);
    return conditions;
  }

  /** What the figures hold for, whatever was measured. */
  Map<String, Object> machine() {
    return new TreeMap<>(machine);
  }

  Map<String, Long> memoryMb() {
    return ProcessFigures.memoryMb(system.pids());
  }

  Figures figures(
      Benchmarks.Size size,
      double seconds,
      Figures.@Nullable Lateness lateness,
      Reading before,
      Reading after,
      Map<String, Object> conditions,
      boolean reconciled)
      throws InterruptedException {
    Cost cost = after.since(before, size.touches);
    return new Figures(
        size.touches / seconds,
        lateness,
        cost.cpuUs(),
        cost.rows(),
        cost.walBytes(),
        memoryMb(),
        topics.lags(),
        conditions,
        reconciled);
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  private static void await(Check check, String what) throws Exception {
    long patient = System.nanoTime() + PATIENCE.toNanos();
    while (!check.holds()) {
      if (System.nanoTime() > patient) {
        throw new IllegalStateException(
            "Waited " + PATIENCE.toMinutes() + " minutes in vain for " + what);
      }
      LockSupport.parkNanos(100_000_000);
    }
  }

  @Override
  public void close() throws IOException {
    topics.close();
    system.close();
    LocalSystem.deleteData(data);
  }
}
