package dev.aftertouch.benchmarks;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.local.infrastructure.Servers;
import dev.aftertouch.local.process.Pause;
import dev.aftertouch.local.system.LocalSystem;
import dev.aftertouch.local.system.Service;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * Our own engine: enrollment-service claims due touches, with row-level security, fair shares and
 * the enrollment locked and moved on with each. Its rows come to be as always, by jobs that it
 * enrolls. The clock is then put to the due time, and the drain ends when no due row is left, which
 * is looked for every 20 ms; the longest error is against us.
 */
final class OwnClaims implements Contender {
  private static final String DATABASE = Service.ENROLLMENT.shortName();
  private static final Instant DAWN = Instant.parse("2026-03-10T15:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long LOOK_NANOS = 20_000_000;

  /** Where the claimed touches go. */
  enum End {
    /** A producer that acknowledges at once: what the peers' no-op handlers do. */
    NO_OP("no_op: claimed, facts built, nothing in place of Kafka"),
    /** The broker, all in-sync replicas: more than the peers do. */
    PUBLISHED("published: claimed and acknowledged by Kafka (MORE than the peers do)");

    private final String mode;

    End(String mode) {
      this.mode = mode;
    }
  }

  private final LocalSystem system;
  private final SharedPostgres postgres;
  private final Topic topics;
  private final PeersRun.Size size;
  private final End end;
  private final NoOpService noOpService;

  OwnClaims(
      LocalSystem system,
      SharedPostgres postgres,
      Topic topics,
      PeersRun.Size size,
      End end,
      NoOpService noOpService) {
    this.system = system;
    this.postgres = postgres;
    this.topics = topics;
    this.size = size;
    this.end = end;
    this.noOpService = noOpService;
  }

  @Override
  public String name() {
    return "aftertouch enrollment-service";
  }

  @Override
  public String mode() {
    return end.mode;
  }

  @Override
  public Turn take() throws Exception {
    postgres.drop(DATABASE);
    system.clock().begin(DAWN, 1);
    system.restart(Service.ENROLLMENT);
    try {
      Instant warmUpDue = DAWN.plus(Duration.ofMinutes(50));
      Instant due = DAWN.plus(Duration.ofMinutes(60));
      enroll(warmUpDue, due);
      return switch (end) {
        case PUBLISHED -> published(warmUpDue, due);
        case NO_OP -> {
          system.stop(Service.ENROLLMENT);
          yield noOp(warmUpDue, due);
        }
      };
    } finally {
      system.stop(Service.ENROLLMENT);
    }
  }

  private void enroll(Instant warmUpDue, Instant due) throws Exception {
    Workload workload = new Workload(size.businesses);
    try (KafkaProducer<String, Object> producer = topics.producer()) {
      workload.publishBusinesses(producer, DAWN);
      awaitLevel();
      workload.publishJobs(producer, 0, size.warmUp, warmUpDue, Duration.ZERO);
      workload.publishJobs(producer, size.warmUp, size.timers, due, Duration.ZERO);
    }
    awaitDueRows(size.warmUp + (long) size.timers, this::serviceIsAlive);
    awaitLevel();
  }

  private Turn published(Instant warmUpDue, Instant due) throws Exception {
    Map<String, Long> pids = new HashMap<>();
    pids.put("client", system.pids().getOrDefault(Service.ENROLLMENT.module(), -1L));
    pids.put("kafka", system.pids().getOrDefault(Servers.KAFKA, -1L));
    system.clock().jumpTo(warmUpDue);
    awaitDueRows(size.timers, this::serviceIsAlive);

    Map<TopicPartition, Long> from = topics.ends(Topics.TOUCHES_DUE);
    Drained drained = drain(due, pids);

    Set<Map.Entry<Object, Integer>> seen = new HashSet<>();
    long[] twice = {0};
    topics.read(
        Topics.TOUCHES_DUE,
        from,
        TouchDue.class,
        touch -> {
          if (!seen.add(Map.entry(touch.getTouchId(), touch.getRound()))) {
            twice[0]++;
          }
        });
    return drained.counted(size.timers, seen.size(), twice[0]);
  }

  private Turn noOp(Instant warmUpDue, Instant due) throws Exception {
    system.clock().jumpTo(warmUpDue);
    try (NoOpService.Running service = noOpService.start()) {
      awaitDueRows(size.timers, service::isAlive);
      Drained drained = drain(due, Map.of("client", service.pid()));
      NoOpService.Counts counts = service.stop();
      return drained.counted(size.timers, counts.distinct() - size.warmUp, counts.twice());
    }
  }

  private record Drained(
      SharedPostgres.Reading before, SharedPostgres.Reading after, double seconds) {
    Turn counted(int timers, long distinct, long twice) {
      return Turn.Measured.between(before, after, timers, seconds, -1, distinct, twice);
    }
  }

  private Drained drain(Instant due, Map<String, Long> pids) throws Exception {
    postgres.tidy(DATABASE);
    SharedPostgres.Reading before = postgres.read(pids);
    try (Connection connection = postgres.connect(DATABASE);
        PreparedStatement waiting =
            connection.prepareStatement("SELECT EXISTS (SELECT FROM due_touches)")) {
      long started = System.nanoTime();
      system.clock().jumpTo(due);
      while (isTrue(waiting)) {
        if (System.nanoTime() - started > PATIENCE.toNanos()) {
          throw new IllegalStateException("Touches are still due after " + PATIENCE);
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
      double seconds = (System.nanoTime() - started) / 1e9;
      return new Drained(before, postgres.read(pids), seconds);
    }
  }

  private static boolean isTrue(PreparedStatement question) throws SQLException {
    try (ResultSet row = question.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private boolean serviceIsAlive() {
    return system.isAlive(Service.ENROLLMENT.module());
  }

  private void awaitDueRows(long expected, BooleanSupplier worker) throws SQLException {
    try (Connection connection = postgres.connect(DATABASE);
        PreparedStatement reached =
            connection.prepareStatement("SELECT count(*) = ? FROM due_touches")) {
      reached.setLong(1, expected);
      long patient = System.nanoTime() + PATIENCE.toNanos();
      while (!isTrue(reached)) {
        if (System.nanoTime() > patient || !worker.getAsBoolean()) {
          throw new IllegalStateException("Waited in vain for " + expected + " due rows");
        }
        LockSupport.parkNanos(200_000_000);
      }
    }
  }

  private void awaitLevel() throws InterruptedException {
    Pause.until(PATIENCE, this::isLevel);
  }

  private boolean isLevel() {
    try {
      return topics.lags().values().stream().allMatch(lag -> lag == 0);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
