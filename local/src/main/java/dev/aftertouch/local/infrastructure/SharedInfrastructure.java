package dev.aftertouch.local.infrastructure;

import dev.aftertouch.local.process.Java;
import dev.aftertouch.local.process.Pause;
import dev.aftertouch.local.process.ProjectRoot;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.tukaani.xz.XZInputStream;

/**
 * Real PostgreSQL, Kafka and schema registry, started once per build and shared by all its test
 * JVMs.
 *
 * <p>Under {@code target/infrastructure} of the project: {@code lock}, held while anyone starts,
 * joins or ends; {@code state.properties}, the addresses of what runs; {@code watched/}, one file
 * per build that uses it. The detached process ends itself when every watched build has ended, so
 * nothing is left behind by a killed build, and two builds in one checkout can overlap.
 */
public final class SharedInfrastructure {
  private static @Nullable Infrastructure joined;

  private SharedInfrastructure() {}

  /**
   * Starts the servers or joins the running ones. Takes 10 to 30 seconds the first time,
   * milliseconds later.
   */
  public static synchronized Infrastructure get() {
    if (joined == null) {
      joined = join(SharedState.of(ProjectRoot.find()));
    }
    return joined;
  }

  private static Infrastructure join(SharedState state) {
    try {
      Files.createDirectories(state.directory());
      try (FileChannel lock =
              FileChannel.open(
                  state.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = lock.lock()) {
        state.watch(build());
        Optional<Infrastructure> running = state.read();
        return running.isPresent() ? running.get() : start(state);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The test infrastructure could not be started", e);
    }
  }

  private static Infrastructure start(SharedState state) throws IOException {
    Path log = state.directory().resolve("infrastructure.log");
    List<String> command = Java.small(48);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Stream.of(SharedInfrastructure.class, Driver.class, XZInputStream.class)
                .map(type -> ProjectRoot.codeOf(type).toString())
                .collect(Collectors.joining(File.pathSeparator)),
            TestInfrastructureMain.class.getName(),
            ProjectRoot.find().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    Pause.until(Duration.ofSeconds(180), () -> state.read().isPresent() || !process.isAlive());
    return state.read().orElseThrow(() -> StartFailure.of("The test infrastructure", log));
  }

  /**
   * The nearest JVM above this one: Maven for a forked test run. This JVM itself where there is
   * none.
   */
  private static ProcessHandle build() {
    ProcessHandle current = ProcessHandle.current();
    Optional<ProcessHandle> above = current.parent();
    while (above.isPresent()) {
      if (above.get().info().command().orElse("").endsWith("/java")) {
        return above.get();
      }
      above = above.get().parent();
    }
    return current;
  }
}
