package dev.aftertouch.local.infrastructure;

import dev.aftertouch.local.process.ChildProcess;
import dev.aftertouch.local.process.ChildProcess.Command;
import dev.aftertouch.local.process.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL from the zonky binaries. It refuses to run as root, so root runs it inside a user
 * namespace in which it is somebody else. Durability is real (fsync, synchronous commit); only the
 * caches are small.
 */
final class PostgresServer {
  static final String SUPERUSER = "postgres";
  private static final Duration ORPHANS_END_WITHIN = Duration.ofSeconds(15);

  private final PostgresInstallation installation;
  private final Path data;
  private final Path log;
  private final int port;
  private final String password;
  private final Map<String, String> further;

  PostgresServer(
      PostgresInstallation installation,
      Path data,
      Path log,
      int port,
      String password,
      Map<String, String> further) {
    this.installation = installation;
    this.data = data;
    this.log = log;
    this.port = port;
    this.password = password;
    this.further = further;
  }

  /**
   * Creates the cluster where there is none and starts the server. Returns when it accepts
   * connections.
   */
  ChildProcess start() {
    try {
      if (!Files.exists(data.resolve("PG_VERSION"))) {
        initialise();
      }
      endOrphan();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be prepared in " + data, e);
    }
    return awaitAccepting();
  }

  /**
   * After a kill -9 the children of the one that died may still hold its shared memory for a
   * moment; the server then refuses to start, and is asked again.
   */
  private ChildProcess awaitAccepting() {
    long patient = System.nanoTime() + ORPHANS_END_WITHIN.toNanos();
    while (true) {
      ChildProcess process =
          ChildProcess.start(
              new Command("postgres", command(), data, log)
                  .stoppedBy("INT", Duration.ofSeconds(20)));
      Pause.until(Duration.ofSeconds(60), () -> accepts() || !process.isAlive());
      if (process.isAlive() && accepts()) {
        return process;
      }
      process.stop();
      if (System.nanoTime() > patient) {
        throw StartFailure.of("PostgreSQL", log);
      }
      Pause.briefly();
    }
  }

  private List<String> command() {
    List<String> command = asUnprivileged(installation.program("postgres"));
    command.addAll(List.of("-D", data.toString()));
    List<String> settings =
        List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "max_connections=200",
            "shared_buffers=512MB",
            // A checkpoint makes each page go to the log in full once more: seldom.
            "max_wal_size=4GB",
            "checkpoint_timeout=15min",
            // Who wants a page reads it: with two cores, asking a process of its own costs more.
            "io_method=sync",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_min_messages=warning",
            "idle_in_transaction_session_timeout=60s");
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    further.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return command;
  }

  private void initialise() throws IOException {
    Files.createDirectories(data.toAbsolutePath().getParent());
    Path passwordFile = Secrets.temporaryFile(password);
    List<String> command = asUnprivileged(installation.program("initdb"));
    command.addAll(
        List.of(
            "-D",
            data.toString(),
            "-U",
            SUPERUSER,
            "--auth=scram-sha-256",
            "--pwfile=" + passwordFile,
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8"));
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Process initdb =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      if (!initdb.waitFor(120, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
        initdb.destroyForcibly();
        throw StartFailure.of("PostgreSQL", log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      Files.deleteIfExists(passwordFile);
    }
  }

  /**
   * After a crash of the machine or of our own process the lock file may name a process that is
   * still ending, or one that has meanwhile become something else. The first is ended and awaited,
   * the second forgotten. A lock of a process that is gone stays: with it the server finds out
   * whether children of the dead one still use its memory.
   */
  private void endOrphan() throws IOException {
    Path lock = data.resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return;
    }
    Optional<ProcessHandle> named =
        Files.readString(lock)
            .lines()
            .findFirst()
            .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())));
    if (named.isEmpty()) {
      return;
    }
    ProcessHandle process = named.get();
    if (!process.info().command().orElse("").endsWith("/postgres")) {
      Files.deleteIfExists(lock);
      return;
    }
    process.destroy();
    if (!Pause.until(Duration.ofSeconds(10), () -> !process.isAlive())) {
      process.destroyForcibly();
      Pause.until(Duration.ofSeconds(10), () -> !process.isAlive());
    }
  }

  private boolean accepts() {
    String url = "jdbc:postgresql://127.0.0.1:%d/postgres?connectTimeout=2".formatted(port);
    try (var connection = DriverManager.getConnection(url, SUPERUSER, password)) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  private static List<String> asUnprivileged(Path program) {
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> command = new ArrayList<>(root ? List.of("unshare", "-U") : List.of());
    command.add(program.toString());
    return command;
  }
}
