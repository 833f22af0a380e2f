package dev.aftertouch.local.commands;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Runs a benchmark in a JVM of its own, with this terminal as its output. */
@Command(name = "bench", description = "Runs a benchmark; benchmarks/README.md lists them.")
public final class Bench implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Which, such as pipeline.")
  private String name = "";

  /** The benchmark understands its own options. */
  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(name));
    arguments.addAll(options);
    return ModuleJar.run("benchmarks", arguments);
  }
}
