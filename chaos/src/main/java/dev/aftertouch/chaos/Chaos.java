package dev.aftertouch.chaos;

import dev.aftertouch.chaos.check.Checker;
import dev.aftertouch.chaos.check.Evidence;
import dev.aftertouch.chaos.check.Finding;
import dev.aftertouch.chaos.check.Verdict;
import dev.aftertouch.local.process.ProjectRoot;
import dev.aftertouch.local.system.LocalSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** The command line of {@code ./aftertouch chaos}. Exits with 1 when a promise was broken. */
@Command(
    name = "chaos",
    description =
        "Runs the real system under seeded kills, freezes and faults, and checks every promise.",
    mixinStandardHelpOptions = true)
public final class Chaos implements Callable<Integer> {
  @Option(
      names = "--seed",
      defaultValue = "20261121",
      description = "Of everything that is drawn (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--touches",
      defaultValue = "5000",
      description = "Touches asked for (default ${DEFAULT-VALUE}).")
  private int touches;

  @Option(
      names = "--kills",
      defaultValue = "30",
      description = "Processes killed with -9 (default ${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--minutes",
      defaultValue = "4",
      description = "How long the faults go on (default ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--database-faults",
      defaultValue = "0.001",
      description =
          "Share of the requests to databases that meet a fault of the network (default"
              + " ${DEFAULT-VALUE}).")
  private double databaseFaults;

  @Option(
      names = "--disk",
      paramLabel = "DIRECTORY",
      description =
          "A small file system of its own (2 GB) that the run may fill, such as a tmpfs; its"
              + " contents are deleted.")
  private @Nullable Path disk;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Option(
      names = "--check",
      paramLabel = "DIRECTORY",
      description = "Only judges the evidence of an earlier run.")
  private @Nullable Path judged;

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Chaos()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    long begun = System.nanoTime();
    Verdict verdict;
    if (judged != null) {
      verdict = Checker.check(Evidence.read(judged));
    } else {
      Path directory = ProjectRoot.find().resolve("chaos/target/run-" + seed);
      if (Files.exists(directory)) {
        LocalSystem.deleteData(directory);
      }
      Storm.Plan plan =
          new Storm.Plan(
              seed,
              touches,
              kills,
              Duration.ofSeconds(Math.round(minutes * 60)),
              databaseFaults,
              directory,
              disk);
      if (Files.exists(plan.data())) {
        LocalSystem.deleteData(plan.data());
      }
      verdict =
          new Storm(
                  plan,
                  what -> {
                    if (!json) {
                      System.out.printf("%6.1f s  %s%n", (System.nanoTime() - begun) / 1e9, what);
                    }
                  })
              .run();
    }
    print(verdict);
    return verdict.findings().isEmpty() ? 0 : 1;
  }

  private void print(Verdict verdict) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seed", seed);
    figures.put("broken", verdict.broken());
    figures.put("counts", verdict.counts());
    figures.put("longest_accept_after_stop_ms", verdict.longestAcceptAfterStopMillis());
    figures.put("longest_quiet_overshoot_ms", verdict.longestQuietOvershootMillis());
    figures.put("longest_silence_ms", verdict.longestSilenceMillis());
    List<String> findings = verdict.findings().stream().limit(40).map(Finding::toString).toList();
    if (json) {
      figures.put("findings", findings);
      System.out.println(JsonMapper.shared().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> System.out.printf("%-30s %s%n", name, value));
      findings.forEach(System.out::println);
    }
  }
}
