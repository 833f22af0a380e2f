package dev.aftertouch.local.commands;

import dev.aftertouch.local.ClockFile;
import dev.aftertouch.local.process.Pause;
import dev.aftertouch.local.process.ProjectRoot;
import dev.aftertouch.local.process.Trouble;
import dev.aftertouch.local.system.LocalSystem;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the system, in the foreground or detached. */
@Command(name = "up", description = "Starts everything and waits until it is ready.")
public final class Up implements Callable<Integer> {
  @Option(names = "--detach", description = "Return when ready; ./aftertouch down ends it.")
  private boolean detach;

  @Option(
      names = "--speed",
      description = "Virtual seconds per real second; 3600 is an hour a second.")
  private @Nullable Double speed;

  @Option(names = "--fresh", description = "Delete all data first.")
  private boolean fresh;

  @Option(names = "--only", split = ",", description = "Start only these of our services.")
  private List<String> only = List.of();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Optional<RunningSystem> running = RunningSystem.find();
    if (running.isPresent()) {
      return alreadyRunning(running.get());
    }
    if (fresh) {
      LocalSystem.deleteData(RunningSystem.data());
    }
    Supervision supervision = new Supervision(out(), speed == null ? 1 : speed, only);
    return detach ? startDetached() : supervision.run();
  }

  private int alreadyRunning(RunningSystem running) {
    if (fresh) {
      throw new Trouble(
          "Aftertouch is running: end it with ./aftertouch down, then start it with --fresh.");
    }
    if (speed != null) {
      new ClockFile(RunningSystem.data().resolve("clock.properties")).setSpeed(speed);
    }
    out().println("Aftertouch is running already.");
    Addresses.print(out(), running);
    return 0;
  }

  /**
   * The supervisor gets a session of its own, so that neither Ctrl-C nor a closed terminal reaches
   * it.
   */
  private int startDetached() throws IOException {
    Path log = RunningSystem.data().resolve("logs/supervisor.log");
    Files.createDirectories(RunningSystem.data().resolve("logs"));
    Files.deleteIfExists(log);
    Process supervisor =
        new ProcessBuilder(supervisorCommand())
            .directory(ProjectRoot.find().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    LineCopy copy = new LineCopy(log, out());
    Pause.until(
        Duration.ofMinutes(10),
        () -> {
          copy.more();
          return !supervisor.isAlive()
              || RunningSystem.find().filter(RunningSystem::ready).isPresent();
        });
    copy.more();
    return supervisor.isAlive() ? 0 : 1;
  }

  private List<String> supervisorCommand() {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.aftertouch.local.Aftertouch",
            "supervise",
            "--speed=" + (speed == null ? 1 : speed)));
    if (!only.isEmpty()) {
      command.add("--only=" + String.join(",", only));
    }
    return command;
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return spec.commandLine().getOut();
  }
}
