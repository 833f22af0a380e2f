package dev.aftertouch.benchmarks.gate;

import dev.aftertouch.benchmarks.gate.GateFigures.Case;
import dev.aftertouch.benchmarks.reporting.Machine;
import dev.aftertouch.local.process.Java;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs {@link GateBenchmark}: each case in a fresh JVM with the flags that our services have. */
@Command(name = "gate", description = "Decisions of the gate alone: time and allocation (JMH).")
public final class GateCommand implements Callable<Integer> {
  private static final int HEAP_MEGABYTES = 256;

  /** So that a second is enough for an interval of confidence. */
  private static final int ITERATIONS_A_SECOND = 4;

  @Option(
      names = "--seconds",
      defaultValue = "4",
      description = "Measured seconds of each case (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "2",
      description = "Seconds before them, not measured (default ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, RunnerException {
    Map<String, Object> conditions = Machine.conditions();
    List<Case> cases = new Runner(options()).run().stream().map(GateCommand::figures).toList();
    conditions.put("touches_per_burst", GateCase.BURST);
    conditions.put("businesses", GateCase.BUSINESSES);
    conditions.put("limit_per_hour_channel_business", Touches.LIMIT);
    conditions.put("measured_seconds", seconds);
    conditions.put("warm_up_seconds", warmUp);
    conditions.put("java", Runtime.version().toString());
    GateFigures figures =
        new GateFigures(cases, conditions, cases.size() == GateCase.values().length);
    figures.print(json);
    return figures.reconciled() ? 0 : 1;
  }

  private Options options() {
    List<String> java = Java.small(HEAP_MEGABYTES);
    return new OptionsBuilder()
        .include(GateBenchmark.class.getName())
        .forks(1)
        .jvmArgs(java.subList(1, java.size()).toArray(String[]::new))
        .warmupIterations(warmUp)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(seconds * ITERATIONS_A_SECOND)
        .measurementTime(TimeValue.milliseconds(1_000 / ITERATIONS_A_SECOND))
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  /** A case whose fork failed gives no result, and so is missed by its number. */
  private static Case figures(RunResult run) {
    Result<?> time = run.getPrimaryResult();
    return new Case(
        GateCase.valueOf(run.getParams().getParam("name")).code(),
        1e9 / time.getScore(),
        time.getScore(),
        time.getScoreError(),
        bytes(run.getSecondaryResults().entrySet()));
  }

  @SuppressWarnings("rawtypes")
  private static double bytes(Collection<Map.Entry<String, Result>> results) {
    return results.stream()
        .filter(result -> result.getKey().endsWith("gc.alloc.rate.norm"))
        .mapToDouble(result -> result.getValue().getScore())
        .findFirst()
        .orElse(Double.NaN);
  }
}
