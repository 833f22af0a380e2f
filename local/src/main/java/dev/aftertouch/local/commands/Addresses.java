package dev.aftertouch.local.commands;

import dev.aftertouch.local.ClockFile;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Where to go and how to sign in. */
final class Addresses {
  private Addresses() {}

  static void print(PrintWriter out, RunningSystem running) {
    ClockFile clock = new ClockFile(RunningSystem.data().resolve("clock.properties"));
    out.printf(
        """

          Aftertouch        %s
          Inbox of the sandbox (every e-mail and text)  %s
          Schema registry   http://127.0.0.1:%d    Kafka  127.0.0.1:%d    PostgreSQL  127.0.0.1:%d
          Sign in as        owner@demo.example, staff@demo.example or analyst@demo.example, password demo
          Clock             %s, %s%n
        """,
        running.urls().gateway(),
        running.urls().sandbox(),
        running.ports().registry(),
        running.ports().kafka(),
        running.ports().postgres(),
        clock.now().truncatedTo(ChronoUnit.SECONDS),
        pace(clock));
    out.flush();
  }

  private static String pace(ClockFile clock) {
    Duration ahead = Duration.between(InstantSource.system().instant(), clock.now());
    String speed =
        clock.speed() == 1
            ? "real speed"
            : "%.0f times as fast as real time".formatted(clock.speed());
    return ahead.toMinutes() < 1 ? speed : speed + ", " + ahead.toHours() + " h ahead of real time";
  }
}
