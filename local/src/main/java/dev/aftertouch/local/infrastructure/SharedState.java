package dev.aftertouch.local.infrastructure;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The files by which the test JVMs of one checkout find their shared infrastructure. */
record SharedState(Path directory) {

  static SharedState of(Path projectRoot) {
    return new SharedState(projectRoot.resolve("target/infrastructure"));
  }

  Path lockFile() {
    return directory.resolve("lock");
  }

  private Path stateFile() {
    return directory.resolve("state.properties");
  }

  /** What runs now, if its process is still the one that wrote this. */
  Optional<Infrastructure> read() {
    try {
      if (!Files.exists(stateFile())) {
        return Optional.empty();
      }
      Properties state = new Properties();
      state.load(new StringReader(Files.readString(stateFile())));
      if (!isAlive(state.getProperty("process"))) {
        return Optional.empty();
      }
      return Optional.of(
          new Infrastructure(
              "127.0.0.1",
              Integer.parseInt(state.getProperty("postgres.port")),
              state.getProperty("kafka"),
              state.getProperty("registry"),
              state.getProperty("ccompat"),
              state.getProperty("password")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(Infrastructure infrastructure) throws IOException {
    Secrets.write(
        stateFile(),
        """
        process=%s
        postgres.port=%d
        kafka=%s
        registry=%s
        ccompat=%s
        password=%s
        """
            .formatted(
                identity(ProcessHandle.current()),
                infrastructure.postgresPort(),
                infrastructure.bootstrapServers(),
                infrastructure.registryUrl(),
                infrastructure.ccompatUrl(),
                infrastructure.superuserPassword()));
  }

  void forget() throws IOException {
    Files.deleteIfExists(stateFile());
  }

  /** True until somebody has deleted the build directory below us, as {@code mvn clean} does. */
  boolean isPresent() {
    return Files.exists(stateFile());
  }

  /** Keeps the infrastructure alive as long as this process. */
  void watch(ProcessHandle build) throws IOException {
    Files.createDirectories(directory.resolve("watched"));
    Files.writeString(directory.resolve("watched").resolve(identity(build)), "");
  }

  /**
   * Whether any build that asked for the infrastructure is alive; forgets those that have ended.
   */
  boolean isWatched() {
    try (Stream<Path> files = Files.list(directory.resolve("watched"))) {
      boolean any = false;
      for (Path file : files.toList()) {
        if (isAlive(file.getFileName().toString())) {
          any = true;
        } else {
          Files.deleteIfExists(file);
        }
      }
      return any;
    } catch (IOException e) {
      return false;
    }
  }

  /** Process ids are used again, so the start time belongs to the identity. */
  private static String identity(ProcessHandle process) {
    return process.pid()
        + "-"
        + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static boolean isAlive(String identity) {
    long pid = Long.parseLong(identity.substring(0, identity.indexOf('-')));
    return ProcessHandle.of(pid)
        .filter(process -> process.isAlive() && identity(process).equals(identity))
        .isPresent();
  }
}
