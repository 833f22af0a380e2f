package dev.aftertouch.local.commands;

import dev.aftertouch.local.process.ProjectRoot;
import dev.aftertouch.local.process.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Runs a benchmark in a JVM of its own, with this terminal as its output. */
@Command(name = "bench", description = "Runs a benchmark: pipeline or timers.")
public final class Bench implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "pipeline or timers.")
  private String name = "";

  /** The benchmark understands its own options. */
  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path jar = ProjectRoot.find().resolve("benchmarks/target/aftertouch-benchmarks.jar");
    if (!Files.exists(jar)) {
      throw new Trouble(
          "The benchmarks are not built (%s is missing): run mvn -DskipTests package."
              .formatted(jar));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                jar.toString()));
    command.add(name);
    command.addAll(options);
    return new ProcessBuilder(command)
        .directory(ProjectRoot.find().toFile())
        .inheritIO()
        .start()
        .waitFor();
  }
}
