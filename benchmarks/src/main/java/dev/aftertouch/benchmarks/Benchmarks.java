package dev.aftertouch.benchmarks;

import dev.aftertouch.benchmarks.gate.GateCommand;
import dev.aftertouch.benchmarks.peers.PeerProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code ./aftertouch bench NAME}. */
@Command(
    name = "bench",
    description =
        "Measures the real system on this machine; each run starts fresh processes on free ports.",
    subcommands = {
      Benchmarks.Pipeline.class,
      TimersCommand.class,
      GateCommand.class,
      IngestRun.class,
      StartRun.class,
      AnalyticsRun.class,
      PeersRun.class,
      PeerProcess.class
    },
    mixinStandardHelpOptions = true)
public final class Benchmarks {
  private Benchmarks() {}

  /** Runs the benchmark that the arguments name; exits with 1 when it did not reconcile. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }

  /** What every benchmark can be told. */
  static final class Size {
    @Option(
        names = "--touches",
        defaultValue = "120000",
        description = "Touches measured (default ${DEFAULT-VALUE}).")
    int touches;

    @Option(
        names = "--warm-up",
        defaultValue = "480000",
        description = "Touches before them, not measured (default ${DEFAULT-VALUE}).")
    int warmUp;

    @Option(
        names = "--businesses",
        defaultValue = "6000",
        description = "Businesses that share them (default ${DEFAULT-VALUE}).")
    int businesses;

    @Option(
        names = "--due-businesses",
        description = "Of the businesses, those that have the measured touches (all).")
    @Nullable Integer dueBusinesses;

    @Option(
        names = "--spread",
        defaultValue = "0",
        description =
            "Seconds over which they fall due: 0 is a drain (throughput), more is an open loop (lateness).")
    int spreadSeconds;

    @Option(
        names = "--profile",
        description =
            "Directory for a profile of the measured part: statements, tables, methods. It costs a few percent.")
    @Nullable Path profile;

    @Option(
        names = "--postgres",
        split = ",",
        paramLabel = "NAME=VALUE",
        description = "Settings of PostgreSQL other than those of this project's own server.")
    Map<String, String> postgres = new TreeMap<>();

    @Option(names = "--json", description = "Print the figures as JSON.")
    boolean json;

    /** How many businesses have the measured touches. */
    int dueBusinesses() {
      return dueBusinesses == null ? businesses : Math.min(dueBusinesses, businesses);
    }

    /** Settings of PostgreSQL: those asked for, and those that a profile needs. */
    Map<String, String> postgresSettings() {
      Map<String, String> settings = new TreeMap<>(postgres);
      if (profile != null) {
        settings.putAll(Profile.POSTGRES);
      }
      return settings;
    }
  }

  @Command(
      name = "pipeline",
      description = "Due touches through all stages, the sandbox as provider.")
  static final class Pipeline implements Callable<Integer> {
    @Mixin private final Size size = new Size();

    @Override
    public Integer call() throws Exception {
      Figures figures = new PipelineRun(size).measure();
      figures.print("pipeline", size.json);
      return figures.reconciled() ? 0 : 1;
    }
  }
}
