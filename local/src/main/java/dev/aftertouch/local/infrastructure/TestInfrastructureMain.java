package dev.aftertouch.local.infrastructure;

import dev.aftertouch.local.process.ChildProcess;
import dev.aftertouch.local.process.ClassArchives;
import dev.aftertouch.local.process.Pause;
import dev.aftertouch.local.process.Ports;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Main class of the detached process that owns the shared servers of a build. Its one argument: the
 * project root.
 */
final class TestInfrastructureMain {
  private TestInfrastructureMain() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    SharedState state = SharedState.of(root);
    state.forget();
    deleteEarlierData(state.directory());
    Path data = state.directory().resolve("data-" + ProcessHandle.current().pid());
    try (Servers servers = Servers.start(options(root, data), new Log())) {
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
      state.write(servers.infrastructure());
      serve(state, servers);
    } finally {
      delete(data);
    }
  }

  private static Servers.Options options(Path root, Path data) {
    return new Servers.Options(
        root.resolve("local/target"),
        data,
        root.resolve("target/infrastructure/logs"),
        new Servers.Addresses(Ports.free(), Ports.free(), Ports.free(), Ports.free()),
        Secrets.random(),
        ClassArchives.in(root.resolve("local/target/archives")),
        Map.of());
  }

  /**
   * Returns when no build needs the servers any more, one of them died, or {@code clean} has run.
   */
  private static void serve(SharedState state, Servers servers) throws IOException {
    boolean needed = true;
    while (needed) {
      Pause.until(
          Duration.ofHours(1),
          () -> {
            Pause.until(Duration.ofMillis(500), () -> false);
            return !state.isPresent() || !state.isWatched() || !allAlive(servers);
          });
      needed = state.isPresent() && allAlive(servers) && !endedForAll(state);
    }
    state.forget();
  }

  /** Under the lock that joiners hold, so that nobody joins what is about to end. */
  private static boolean endedForAll(SharedState state) throws IOException {
    try (FileChannel lock =
            FileChannel.open(
                state.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = lock.lock()) {
      boolean ended = !state.isWatched();
      if (ended) {
        state.forget();
      }
      return ended;
    }
  }

  private static boolean allAlive(Servers servers) {
    return servers.processes().values().stream().allMatch(ChildProcess::isAlive);
  }

  private static void deleteEarlierData(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path data :
          files.filter(file -> file.getFileName().toString().startsWith("data-")).toList()) {
        delete(data);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Writes to standard output, which is the log of this process. */
  private static final class Log implements Servers.Progress {
    private final long begin = System.nanoTime();

    @Override
    public void starting(String server) {
      line(server + " starts");
    }

    @Override
    public void ready(String server, ChildProcess process) {
      line(server + " is ready, process " + process.pid());
    }

    private void line(String text) {
      System.out.printf("%6d ms  %s%n", (System.nanoTime() - begin) / 1_000_000, text);
    }
  }
}
