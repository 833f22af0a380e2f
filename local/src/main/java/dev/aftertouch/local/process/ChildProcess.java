package dev.aftertouch.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A child process on a leash: a small shell holds the read end of a pipe whose write end only this
 * JVM has. When this JVM ends, even by kill -9, the pipe closes and the shell ends the child: first
 * with its polite signal, after the grace period with SIGKILL.
 *
 * <p>Output is appended to one log file.
 */
public final class ChildProcess {
  private static final String LEASH =
      """
      pidfile=$1; signal=$2; grace=$3; shift 3
      exec 3<&0
      "$@" </dev/null 3<&- &
      child=$!
      echo $child > "$pidfile"
      (
        while read -r ignored <&3; do :; done
        kill -s "$signal" $child 2>/dev/null
        waited=0
        while kill -0 $child 2>/dev/null; do
          [ $waited -ge $((grace * 10)) ] && kill -s KILL $child 2>/dev/null
          sleep 0.1
          waited=$((waited + 1))
        done
      ) >/dev/null 2>&1 &
      watch=$!
      exec 3<&-
      wait $child
      code=$?
      kill $watch 2>/dev/null
      rm -f "$pidfile"
      exit $code
      """;

  private static final long MAXIMUM_LOG_BYTES = 20_000_000;

  private final String name;
  private final Process leash;
  private final long pid;
  private final Path log;

  private ChildProcess(String name, Process leash, long pid, Path log) {
    this.name = name;
    this.leash = leash;
    this.pid = pid;
    this.log = log;
  }

  /** What to run; {@code stopSignal} without SIG, {@code grace} in whole seconds before SIGKILL. */
  public record Command(
      String name,
      List<String> arguments,
      Map<String, String> environment,
      Path directory,
      Path log,
      String stopSignal,
      Duration grace) {
    public Command(String name, List<String> arguments, Path directory, Path log) {
      this(name, arguments, Map.of(), directory, log, "TERM", Duration.ofSeconds(10));
    }

    public Command stoppedBy(String signal, Duration within) {
      return new Command(name, arguments, environment, directory, log, signal, within);
    }

    public Command with(Map<String, String> additionalEnvironment) {
      return new Command(name, arguments, additionalEnvironment, directory, log, stopSignal, grace);
    }
  }

  /** Starts the command. Returns once it has a process id, not when it is ready. */
  public static ChildProcess start(Command command) {
    try {
      Files.createDirectories(command.directory());
      Files.createDirectories(command.log().toAbsolutePath().getParent());
      turnOver(command.log());
      Path pidFile = Files.createTempFile("aftertouch-" + command.name(), ".pid");
      List<String> line =
          new ArrayList<>(
              List.of(
                  "/bin/sh",
                  "-c",
                  LEASH,
                  "leash",
                  pidFile.toString(),
                  command.stopSignal(),
                  Long.toString(command.grace().toSeconds())));
      line.addAll(command.arguments());
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .directory(command.directory().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
      builder.environment().putAll(command.environment());
      Process leash = builder.start();
      return new ChildProcess(command.name(), leash, awaitPid(leash, pidFile), command.log());
    } catch (IOException e) {
      throw new UncheckedIOException(command.name() + " could not be started", e);
    }
  }

  private static void turnOver(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > MAXIMUM_LOG_BYTES) {
      Files.move(
          log,
          log.resolveSibling(log.getFileName() + ".1"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static long awaitPid(Process leash, Path pidFile) throws IOException {
    while (leash.isAlive()) {
      String written = Files.exists(pidFile) ? Files.readString(pidFile).strip() : "";
      if (!written.isEmpty()) {
        return Long.parseLong(written);
      }
      Pause.briefly();
    }
    return -1;
  }

  public String name() {
    return name;
  }

  /** Process id of the program itself, not of its leash; -1 when it ended at once. */
  public long pid() {
    return pid;
  }

  public Path log() {
    return log;
  }

  public boolean isAlive() {
    return leash.isAlive();
  }

  /** Whether it has ended, of itself and without an error. */
  boolean endedWell() {
    return !leash.isAlive() && leash.exitValue() == 0;
  }

  /** Ends it politely, and with SIGKILL after its grace period. Returns when it has ended. */
  public void stop() {
    letGo();
    awaitEnd();
  }

  /** Asks it to end and returns at once. */
  public void letGo() {
    try {
      leash.getOutputStream().close();
    } catch (IOException e) {
      leash.destroy();
    }
  }

  /** kill -9, as a crash would do it. Returns when the process is gone. */
  public void kill() {
    Optional.of(pid)
        .filter(id -> id > 0)
        .flatMap(ProcessHandle::of)
        .ifPresent(ProcessHandle::destroyForcibly);
    awaitEnd();
  }

  /** Freezes it where it stands (SIGSTOP), as an overcommitted machine would. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets it go on after {@link #freeze}. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-s", name, Long.toString(pid)).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd() {
    try {
      if (!leash.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " (process " + pid + ") does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The last lines of its log, for messages about a failed start. */
  public String lastLines(int lines) {
    return LogTail.of(log, lines);
  }
}
