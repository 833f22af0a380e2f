package dev.aftertouch.system;

import dev.aftertouch.local.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/**
 * Services killed with -9 and started again in the background, so that others can die while one
 * still starts; and how long it took, in real time.
 */
final class Crashes {
  private static final InstantSource REAL = InstantSource.system();

  private record Crash(Service service, Instant at, CompletableFuture<Duration> back) {}

  private final RunningSystem system;
  private final Duration onTheWay;

  /** As many at a time as there are cores: more would only share them, and all be late. */
  private final Executor restarts =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(), Thread.ofPlatform().daemon().factory());

  private final List<Crash> crashes = new ArrayList<>();

  /**
   * @param onTheWay how long a provider takes for a message: what it takes within that time after a
   *     crash was handed over before
   */
  Crashes(RunningSystem system, Duration onTheWay) {
    this.system = system;
    this.onTheWay = onTheWay;
  }

  void kill(Service service) {
    system.local().kill(service);
    Instant at = REAL.instant();
    crashes.add(
        new Crash(
            service,
            at,
            CompletableFuture.supplyAsync(
                () -> {
                  system.local().restart(service);
                  return Duration.between(at, REAL.instant());
                },
                restarts)));
  }

  /** Returns when the service is ready again. */
  void awaitBack(Service service) {
    crashes.stream().filter(c -> c.service() == service).forEach(crash -> crash.back().join());
  }

  /** Returns when every service that was killed is ready again. */
  void awaitBack() {
    killed().forEach(this::awaitBack);
  }

  Set<Service> killed() {
    Set<Service> killed = EnumSet.noneOf(Service.class);
    crashes.forEach(crash -> killed.add(crash.service()));
    return killed;
  }

  /** Whether a touch was handed over since the last crash. */
  boolean sendsAgain() {
    return nextTouch(crashes.getLast(), touches()).isPresent();
  }

  /** One line for each crash: when the service was ready, and when the next touch had gone out. */
  List<String> report() {
    List<Instant> touches = touches();
    return crashes.stream().map(crash -> report(crash, touches)).toList();
  }

  private String report(Crash crash, List<Instant> touches) {
    return "%s ready after %d ms, next touch after %s ms"
        .formatted(
            crash.service().module(),
            crash.back().join().toMillis(),
            nextTouch(crash, touches)
                .map(at -> Duration.between(crash.at(), at).toMillis())
                .orElseThrow());
  }

  private Optional<Instant> nextTouch(Crash crash, List<Instant> touches) {
    Instant handedOverBefore = crash.at().plus(onTheWay);
    return touches.stream().filter(at -> at.isAfter(handedOverBefore)).min(Instant::compareTo);
  }

  /** When each touch was taken by a provider, in real time. */
  private List<Instant> touches() {
    List<Instant> touches = new ArrayList<>();
    long since = 0;
    for (JsonNode page = page(since); !page.isEmpty(); page = page(since)) {
      for (JsonNode entry : page) {
        since = entry.path("seq").asLong();
        if (entry.path("outcome").asString().equals("accepted")) {
          touches.add(Instant.ofEpochMilli(entry.path("received_at").asLong()));
        }
      }
    }
    return touches;
  }

  private JsonNode page(long since) {
    return Http.get(system.sandbox() + "/sandbox/ledger?limit=1000&since=" + since)
        .orThrow()
        .json()
        .path("entries");
  }

  /** Runs a phase and prints what it took. */
  static void timed(String phase, Runnable work) {
    Instant begin = REAL.instant();
    work.run();
    System.out.printf("%s: %d ms%n", phase, Duration.between(begin, REAL.instant()).toMillis());
  }
}
