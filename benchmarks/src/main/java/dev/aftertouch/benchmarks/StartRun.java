package dev.aftertouch.benchmarks;

import dev.aftertouch.benchmarks.StartFigures.Start;
import dev.aftertouch.benchmarks.reporting.Machine;
import dev.aftertouch.local.process.ChildProcess;
import dev.aftertouch.local.process.ProjectRoot;
import dev.aftertouch.local.system.LocalSystem;
import dev.aftertouch.local.system.Options;
import dev.aftertouch.local.system.Service;
import dev.aftertouch.local.system.StartProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Everything that {@code up} starts, from no process running to all of them ready. The first start
 * is the one after a build: no data, and no archives of loaded classes. The others find what it
 * left, as every later {@code up} does.
 */
@Command(name = "start", description = "From nothing running to all ready: seconds and memory.")
final class StartRun implements Callable<Integer> {
  @Option(
      names = "--starts",
      defaultValue = "3",
      description = "How often it is started, the first time cold (default ${DEFAULT-VALUE}).")
  private int starts;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    StartFigures figures = measure();
    figures.print(json);
    return figures.reconciled() ? 0 : 1;
  }

  private StartFigures measure() throws IOException, InterruptedException {
    Map<String, Object> conditions = Machine.conditions();
    conditions.put("file_cache", "as it was: not emptied");
    Path directory = Files.createTempDirectory("aftertouch-bench");
    try {
      Options options = options(directory);
      List<Start> measured = new ArrayList<>();
      for (int i = 0; i < starts; i++) {
        measured.add(start(options));
      }
      boolean all =
          measured.stream()
              .allMatch(
                  start -> start.readyAfterSeconds().keySet().equals(start.memoryMb().keySet()));
      return new StartFigures(measured, conditions, all);
    } finally {
      LocalSystem.deleteData(directory);
    }
  }

  /** As {@code up} has it, but with a root of its own, whose class archives are not there yet. */
  private static Options options(Path directory) throws IOException {
    Path root = Files.createDirectories(directory.resolve("root"));
    Path built = ProjectRoot.find();
    for (Service service : Service.values()) {
      Path target = Path.of(service.module(), "target");
      Files.createDirectories(root.resolve(service.module()));
      Files.createSymbolicLink(root.resolve(target), built.resolve(target));
    }
    Options free = Options.onFreePorts(directory.resolve("data")).keepingAlive();
    return new Options(
        root,
        free.data(),
        free.ports(),
        free.services(),
        free.speed(),
        free.keepAlive(),
        free.properties(),
        free.postgres());
  }

  private static Start start(Options options) throws InterruptedException {
    Ready ready = new Ready();
    LocalSystem system = LocalSystem.start(options, ready);
    double seconds = ready.elapsed();
    Map<String, Long> memory;
    Map<String, Long> cpu;
    int found;
    double archived;
    long stopping;
    try (system) {
      cpu = ProcessFigures.cpuMicros(system.pids());
      memory = ProcessFigures.memoryMb(system.pids());
      found = system.classArchives();
      double before = ready.elapsed();
      system.awaitArchives();
      archived = ready.elapsed() - before;
      stopping = System.nanoTime();
    }
    return Start.of(
        found, seconds, ready.after, cpu, memory, archived, (System.nanoTime() - stopping) / 1e9);
  }

  /** When each process was ready, in seconds since the start of all. */
  private static final class Ready implements StartProgress {
    private final long started = System.nanoTime();
    private final Map<String, Double> after = new ConcurrentHashMap<>();

    double elapsed() {
      return (System.nanoTime() - started) / 1e9;
    }

    @Override
    public void starting(String name) {}

    @Override
    public void ready(String name, ChildProcess process) {
      after.put(name, elapsed());
    }

    @Override
    public void died(String name, ChildProcess process) {
      throw new IllegalStateException(name + " ended while it was measured");
    }

    @Override
    public void failed(String name, String why) {
      throw new IllegalStateException(name + " could not be started again: " + why);
    }
  }
}
