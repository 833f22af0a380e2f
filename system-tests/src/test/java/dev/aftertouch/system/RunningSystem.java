package dev.aftertouch.system;

import dev.aftertouch.local.system.LocalSystem;
import dev.aftertouch.local.system.Options;
import dev.aftertouch.local.system.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * One system for all tests of this module, started when first asked for. Its clock only goes
 * forward.
 */
final class RunningSystem {
  static final ZoneId DENVER = ZoneId.of("America/Denver");

  /** What a crash left open is settled sooner; still longer than a provider's time limit. */
  private static final Map<Service, Map<String, String>> SHORT_LEASES =
      Map.of(Service.DISPATCH, Map.of("aftertouch.settling.lease", "15s"));

  private static final RunningSystem SHARED = new RunningSystem();

  private final LocalSystem system;

  private RunningSystem() {
    // What an earlier run left stays for reading until the next one begins.
    Path data = Path.of("target", "system").toAbsolutePath();
    if (Files.exists(data)) {
      LocalSystem.deleteData(data);
    }
    system = LocalSystem.start(Options.onFreePorts(data).withProperties(SHORT_LEASES));
    Runtime.getRuntime().addShutdownHook(new Thread(system::close));
    toNextMorning();
  }

  static RunningSystem shared() {
    return SHARED;
  }

  LocalSystem local() {
    return system;
  }

  String gateway() {
    return system.urls().gateway();
  }

  String sandbox() {
    return system.urls().sandbox();
  }

  Instant now() {
    return system.clock().now();
  }

  /**
   * Returns when every service has seen the jump: they look at the clock file ten times a second.
   */
  void jumpTo(Instant instant) {
    system.clock().jumpTo(instant);
    LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
  }

  /**
   * Ten o'clock in Denver on the next Tuesday: outside quiet hours from New York to Honolulu's
   * morning.
   */
  Instant toNextMorning() {
    ZonedDateTime morning =
        now()
            .atZone(DENVER)
            .with(TemporalAdjusters.next(DayOfWeek.TUESDAY))
            .withHour(10)
            .withMinute(0)
            .withSecond(0)
            .withNano(0);
    jumpTo(morning.toInstant());
    return morning.toInstant();
  }
}
