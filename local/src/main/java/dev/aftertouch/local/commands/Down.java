package dev.aftertouch.local.commands;

import dev.aftertouch.local.process.Pause;
import dev.aftertouch.local.process.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Ends the system, from any terminal. */
@Command(name = "down", description = "Ends everything; the data stay.")
public final class Down implements Callable<Integer> {
  @Override
  public Integer call() {
    Optional<RunningSystem> running = RunningSystem.find();
    if (running.isEmpty()) {
      System.out.println("Aftertouch is not running.");
      return 0;
    }
    ProcessHandle supervisor = running.get().supervisor();
    supervisor.destroy();
    if (!Pause.until(Duration.ofSeconds(90), () -> !supervisor.isAlive())) {
      throw new Trouble(
          "Aftertouch does not end (process %d); its log is %s."
              .formatted(supervisor.pid(), RunningSystem.data().resolve("logs/supervisor.log")));
    }
    System.out.println("Aftertouch has ended; its data are kept in " + RunningSystem.data() + ".");
    return 0;
  }
}
