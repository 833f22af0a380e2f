package dev.aftertouch.local.system;

import dev.aftertouch.local.process.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A system inside a JVM of its own, so that this JVM can be killed. */
final class SupervisorProcess implements AutoCloseable {
  private final Process process;
  private final Path state;

  private SupervisorProcess(Process process, Path state) {
    this.process = process;
    this.state = state;
  }

  static SupervisorProcess start(Path directory, SystemPorts ports) throws IOException {
    Path state = directory.resolve("pids");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-Xmx64m",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    Main.class.getName(),
                    directory.toString(),
                    numbers(ports)))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("supervisor.log").toFile())
            .start();
    if (!Pause.until(Duration.ofMinutes(3), () -> Files.exists(state) || !process.isAlive())
        || !process.isAlive()) {
      throw new IllegalStateException(Files.readString(directory.resolve("supervisor.log")));
    }
    return new SupervisorProcess(process, state);
  }

  /** Process ids of all its children. */
  Collection<Long> pids() throws IOException {
    return Arrays.stream(Files.readString(state).strip().split(" ", -1))
        .map(Long::parseLong)
        .toList();
  }

  /** kill -9. */
  void kill() {
    process.destroyForcibly();
    Pause.until(Duration.ofSeconds(10), () -> !process.isAlive());
  }

  @Override
  public void close() {
    kill();
  }

  private static String numbers(SystemPorts ports) {
    return "%d %d %d %d %d"
        .formatted(
            ports.campaign(),
            ports.postgres(),
            ports.kafka(),
            ports.kafkaController(),
            ports.registry());
  }

  /** Arguments: the directory, and the ports of campaign-service and of the servers. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      Path directory = Path.of(arguments[0]);
      int[] port = Arrays.stream(arguments[1].split(" ", -1)).mapToInt(Integer::parseInt).toArray();
      SystemPorts free = SystemPorts.free();
      SystemPorts ports =
          new SystemPorts(
              free.gateway(),
              port[0],
              free.enrollment(),
              free.dispatch(),
              free.analytics(),
              free.sandbox(),
              free.smtp(),
              port[1],
              port[2],
              port[3],
              port[4]);
      LocalSystem system = LocalSystem.start(StubProject.in(directory).withPorts(ports));
      Path unfinished = directory.resolve("pids.unfinished");
      Files.writeString(
          unfinished,
          system.pids().values().stream().map(String::valueOf).collect(Collectors.joining(" ")));
      Files.move(unfinished, directory.resolve("pids"));
      Pause.until(Duration.ofMinutes(10), () -> false);
    }
  }
}
