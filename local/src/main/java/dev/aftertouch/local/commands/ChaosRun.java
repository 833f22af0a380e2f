package dev.aftertouch.local.commands;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs the real system under faults and checks every promise, in a JVM of its own. */
@Command(name = "chaos", description = "Kills, freezes and faults; then every promise is checked.")
public final class ChaosRun implements Callable<Integer> {
  /** The run understands its own options. */
  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return ModuleJar.run("chaos", options);
  }
}
