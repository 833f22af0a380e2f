package dev.aftertouch.chaos;

import dev.aftertouch.local.infrastructure.Servers;
import dev.aftertouch.local.system.LocalSystem;
import dev.aftertouch.local.system.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kills and freezes in seeded order, each victim brought back as its supervisor would do; providers
 * and the network to them fail meanwhile.
 */
final class Mischief {
  private static final String PROVIDER_FAULTS =
      """
      [{"kind": "accept_then_cut", "probability": 0.03},
       {"kind": "server_error_after_accept", "probability": 0.02},
       {"kind": "server_error", "probability": 0.03},
       {"kind": "too_many_requests", "probability": 0.03},
       {"kind": "cut_before", "probability": 0.02},
       {"kind": "delay", "delay_ms": 1500, "probability": 0.05}]
      """;

  /** How often each is chosen, in words of its own name. */
  private static final List<String> VICTIMS =
      List.of(
          Service.DISPATCH.module(),
          Service.DISPATCH.module(),
          Service.DISPATCH.module(),
          Service.DISPATCH.module() + "-2",
          Service.DISPATCH.module() + "-2",
          Service.ENROLLMENT.module(),
          Service.ENROLLMENT.module(),
          Service.ENROLLMENT.module(),
          Service.ANALYTICS.module(),
          Service.GATEWAY.module(),
          Service.CAMPAIGN.module(),
          Servers.KAFKA,
          Servers.POSTGRES,
          Servers.POSTGRES,
          Servers.REGISTRY);

  private static final Duration REVIVED_WITHIN = Duration.ofMinutes(3);
  private static final Duration FULL = Duration.ofSeconds(8);

  private final LocalSystem system;
  private final List<FaultProxy> proxies;
  private final @Nullable Path disk;
  private final Journal journal;
  private final Random random;
  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private final ExecutorService revivers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> troubles = new ArrayList<>();
  private volatile boolean calm;

  /**
   * @param disk where the servers' data lie, on a small file system of their own that may be
   *     filled; null to leave disks alone
   */
  Mischief(
      LocalSystem system,
      List<FaultProxy> proxies,
      @Nullable Path disk,
      Journal journal,
      long seed) {
    this.system = system;
    this.proxies = proxies;
    this.disk = disk;
    this.journal = journal;
    this.random = new Random(seed);
  }

  /**
   * Spreads the kills over the time, a freeze after every third; the disk is full in the middle.
   */
  void rage(Duration time, int kills) throws IOException, InterruptedException {
    faults("PUT", PROVIDER_FAULTS);
    proxies.forEach(FaultProxy::rage);
    long begin = System.nanoTime();
    for (int i = 0; i < kills; i++) {
      if (disk != null && i == kills / 2) {
        fill(disk);
      }
      long at = begin + (long) (time.toNanos() * (i + random.nextDouble()) / kills);
      LockSupport.parkNanos(Math.max(0, at - System.nanoTime()));
      kill();
      if (i % 3 == 2) {
        freeze();
      }
    }
    LockSupport.parkNanos(Math.max(0, begin + time.toNanos() - System.nanoTime()));
  }

  private void kill() {
    String victim = choose();
    if (victim == null) {
      return;
    }
    note("kill -9", victim);
    system.kill(victim);
    var unused = revivers.submit(() -> revive(victim));
  }

  /** One of those that are up, which counts as down from now on; null when all are down. */
  private @Nullable String choose() {
    List<String> up = VICTIMS.stream().filter(victim -> !down.contains(victim)).toList();
    if (up.isEmpty()) {
      return null;
    }
    String victim = up.get(random.nextInt(up.size()));
    down.add(victim);
    return victim;
  }

  /**
   * As a supervisor does, again and again: its database or its disk may be away just now. Only a
   * start in the calm must succeed.
   */
  private void revive(String victim) {
    long patient = System.nanoTime() + REVIVED_WITHIN.toNanos();
    while (true) {
      boolean undisturbed = calm;
      try {
        system.restart(victim);
        break;
      } catch (RuntimeException e) {
        if (undisturbed && System.nanoTime() > patient) {
          synchronized (troubles) {
            troubles.add(victim + ": " + e.getMessage());
          }
          return;
        }
      }
    }
    down.remove(victim);
    note("back", victim);
  }

  /** Fills the servers' disk for a while; whichever server ends by that is started again. */
  private void fill(Path disk) {
    List<String> servers =
        Stream.of(Servers.POSTGRES, Servers.KAFKA).filter(server -> down.add(server)).toList();
    note("disk full", String.join(" and ", servers));
    Path filler = disk.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[256 * 1024];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      LockSupport.parkNanos(FULL.toNanos());
    }
    try {
      Files.delete(filler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String server : servers) {
      if (system.isAlive(server)) {
        down.remove(server);
      } else {
        note("ended by itself", server);
        var unused = revivers.submit(() -> revive(server));
      }
    }
  }

  private void freeze() {
    String victim = choose();
    if (victim == null) {
      return;
    }
    Duration pause = Duration.ofMillis(500 + random.nextInt(14_000));
    note("freeze", victim);
    system.freeze(victim);
    var unused =
        revivers.submit(
            () -> {
              LockSupport.parkNanos(pause.toNanos());
              system.thaw(victim);
              down.remove(victim);
            });
  }

  /** Heals everything and returns when all are back. */
  void calm() throws IOException, InterruptedException {
    faults("DELETE", "");
    proxies.forEach(FaultProxy::calm);
    calm = true;
    revivers.shutdown();
    if (!revivers.awaitTermination(5, TimeUnit.MINUTES) || !down.isEmpty()) {
      throw new IllegalStateException("These did not come back: " + down + " " + troubles);
    }
  }

  private void note(String kind, String victim) {
    journal.note(
        "faults", Map.of("real_at", System.currentTimeMillis(), "kind", kind, "victim", victim));
  }

  private void faults(String method, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(system.urls().sandbox() + "/sandbox/faults"))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("The sandbox refused the faults: " + answer.body());
    }
  }
}
