package dev.aftertouch.chaos;

import dev.aftertouch.chaos.check.Checker;
import dev.aftertouch.chaos.check.Evidence;
import dev.aftertouch.chaos.check.Verdict;
import dev.aftertouch.local.system.LocalSystem;
import dev.aftertouch.local.system.Options;
import dev.aftertouch.local.system.Service;
import dev.aftertouch.local.system.SystemPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One run. It begins shortly before nine in the evening in New York, so that quiet hours begin
 * there while everything fails; the next morning comes in calm, by jumps of the clock.
 */
final class Storm {
  private static final Instant EVENING = Instant.parse("2026-03-11T00:58:30Z");

  private static final String DATABASE = "aftertouch.database.url";

  /** Short enough that no pacing slot expires over it. */
  private static final Duration STEP = Duration.ofMinutes(3);

  /** Where nothing falls due any more and claims wait for the morning. */
  private static final Duration HOUR = Duration.ofHours(1);

  /** After so many it is not worth waiting for claims alone. */
  private static final int MOST_JUMPS = 500;

  private static final Duration SEEN_BY_ALL = Duration.ofMillis(400);

  /** Nothing falls due between the look and the jump. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  /** For something to change in the calm; longer than a lease. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /**
   * How to run.
   *
   * @param touches that are asked for
   * @param storm how long faults go on, in real time
   * @param databaseFaults share of the requests to databases that meet a fault of the network
   * @param directory for the evidence and the system's data; must not exist
   * @param disk a small file system for the system's data instead, which may be filled
   */
  record Plan(
      long seed,
      int touches,
      int kills,
      Duration storm,
      double databaseFaults,
      Path directory,
      @Nullable Path disk) {
    Path data() {
      return disk == null ? directory.resolve("system") : disk.resolve("system");
    }
  }

  private final Plan plan;
  private final Telling telling;

  /** Hears what goes on. */
  interface Telling {
    void tell(String what);
  }

  Storm(Plan plan, Telling telling) {
    this.plan = plan;
    this.telling = telling;
  }

  Verdict run() throws IOException, InterruptedException, SQLException {
    Path evidence = plan.directory().resolve("evidence");
    SystemPorts ports = SystemPorts.free();
    try (Journal journal = new Journal(evidence);
        FaultProxy providers = new FaultProxy(ports.sandbox(), 0.04, plan.seed());
        FaultProxy databases =
            new FaultProxy(ports.postgres(), plan.databaseFaults(), plan.seed());
        LocalSystem system = start(ports, providers, databases)) {
      rage(system, List.of(providers, databases), journal);
      settle(system, journal);
      new Collection(system, journal).gather();
      telling.tell(
          "faults of the network: %d to the providers, %d to the databases"
              .formatted(providers.faults(), databases.faults()));
    }
    return Checker.check(Evidence.read(evidence));
  }

  private LocalSystem start(SystemPorts ports, FaultProxy proxy, FaultProxy databases) {
    String providers = "http://127.0.0.1:" + proxy.port();
    LocalSystem system =
        LocalSystem.start(
            Options.onFreePorts(plan.data())
                .withPorts(ports)
                .withServices(EnumSet.allOf(Service.class))
                .withProperties(
                    Map.of(
                        Service.DISPATCH,
                        Map.of(
                            // As in production: only the demo's clock is too fast for that.
                            "aftertouch.gating.slot-grace",
                            "5m",
                            "aftertouch.providers.resend.base-url",
                            providers,
                            "aftertouch.providers.twilio.base-url",
                            providers,
                            DATABASE,
                            through(databases, Service.DISPATCH)),
                        Service.ENROLLMENT,
                        Map.of(DATABASE, through(databases, Service.ENROLLMENT)),
                        Service.ANALYTICS,
                        Map.of(DATABASE, through(databases, Service.ANALYTICS)),
                        Service.PROVIDER_SANDBOX,
                        Map.of(
                            "SANDBOX_LEDGER",
                            plan.directory().resolve("ledger.jsonl").toString(),
                            "SANDBOX_FSYNC",
                            "true",
                            "SANDBOX_KEEP_MESSAGES",
                            "50000"))));
    if (plan.kills() > 0) {
      system.startAnother(Service.DISPATCH);
    }
    telling.tell("started");
    return system;
  }

  private static String through(FaultProxy proxy, Service service) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(proxy.port(), service.shortName());
  }

  private void rage(LocalSystem system, List<FaultProxy> proxies, Journal journal)
      throws IOException, InterruptedException {
    system.clock().begin(EVENING, 1);
    World world = World.of(plan.seed(), plan.touches(), system.clock().now(), plan.storm());
    Mischief mischief = new Mischief(system, proxies, plan.disk(), journal, plan.seed());
    Stoppers stoppers = new Stoppers(system, journal, plan.seed());
    try (JobSystem jobs = new JobSystem(system.infrastructure(), journal)) {
      jobs.publish(world.firms(), system.clock().now());
      AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
      Thread generator =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      world.people().forEach(person -> ask(system, jobs, stoppers, person));
                      jobs.flush();
                    } catch (RuntimeException e) {
                      failure.set(e);
                    }
                  });
      telling.tell(
          "storm: %d jobs of %d businesses, %d kills in %d s"
              .formatted(
                  world.people().size(),
                  world.firms().size(),
                  plan.kills(),
                  plan.storm().toSeconds()));
      mischief.rage(plan.storm(), plan.kills());
      telling.tell("calm: everything comes back");
      mischief.calm();
      generator.join();
      RuntimeException failed = failure.get();
      if (failed != null) {
        throw failed;
      }
    }
    stoppers.awaitAll();
  }

  private static void ask(LocalSystem system, JobSystem jobs, Stoppers stoppers, Person person) {
    LockSupport.parkNanos(
        Math.max(0, Duration.between(system.clock().now(), person.publishAt()).toNanos()));
    jobs.complete(person);
    stoppers.consider(person);
  }

  /**
   * Lets the night and the morning pass: whenever nothing is due and nothing is under way, the
   * clock jumps to what comes next, by at least {@link #STEP}. A touch that was decided before a
   * jump and handed over after it would be judged by the wrong time of day. Claims that wait for
   * the morning are looked at once a minute of real time: no more than a step passes unseen by
   * them.
   */
  private void settle(LocalSystem system, Journal journal)
      throws InterruptedException, SQLException {
    Collection collection = new Collection(system, journal);
    Map<String, Long> before = Map.of();
    long changedAt = System.nanoTime();
    Instant jumpedAt = Instant.EPOCH;
    int jumps = 0;
    while (System.nanoTime() - changedAt < PATIENCE.toNanos()) {
      Map<String, Long> left = collection.unfinished();
      if (left.isEmpty()) {
        break;
      }
      if (!left.equals(before)) {
        before = left;
        changedAt = System.nanoTime();
      }
      Instant now = system.clock().now();
      Instant due = collection.nextDue();
      Instant next = due == null ? now.plus(HOUR) : due;
      Instant step = now.plus(STEP);
      boolean far = next.isAfter(step);
      if (next.isAfter(now.plus(MARGIN))
          && collection.underWay(far ? jumpedAt : Instant.EPOCH).isEmpty()) {
        journal.note(
            "jumps", Map.of("real_at", System.currentTimeMillis(), "from", now.toEpochMilli()));
        jump(system, far ? next : step);
        jumpedAt = Instant.now();
        jumps++;
        if (due == null && jumps < MOST_JUMPS) {
          changedAt = System.nanoTime();
        }
      }
      Thread.sleep(400);
    }
    Map<String, Long> left = collection.unfinished();
    telling.tell(
        "%d jumps of the clock later, at %s, these are not final: %s"
            .formatted(jumps, system.clock().now(), left));
    awaitProjections(collection);
  }

  /**
   * The projections follow within seconds, or a minute later where a request to their database
   * vanished: its session is ended then. What they lack after that is for the checker.
   */
  private static void awaitProjections(Collection collection)
      throws InterruptedException, SQLException {
    long since = System.nanoTime();
    while (!collection.isProjected() && System.nanoTime() - since < PATIENCE.toNanos()) {
      Thread.sleep(400);
    }
  }

  /**
   * Processes look at the clock's file ten times a second, each in its own time. Nobody claims or
   * sweeps until all have seen the jump: else the gate would decide by the evening what is accepted
   * at night.
   */
  private static void jump(LocalSystem system, Instant to) {
    List<String> senders = system.pids().keySet().stream().filter(Storm::sends).toList();
    senders.forEach(system::freeze);
    try {
      system.clock().jumpTo(to);
      LockSupport.parkNanos(SEEN_BY_ALL.toNanos());
    } finally {
      senders.forEach(system::thaw);
    }
  }

  /** Whether it is an instance of a service that claims or hands over. */
  private static boolean sends(String process) {
    return process.startsWith(Service.ENROLLMENT.module())
        || process.startsWith(Service.DISPATCH.module());
  }
}
