package dev.aftertouch.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Our claims alone: one drain, or what the options ask for. */
@Command(name = "timers", description = "Claiming due touches and publishing them, nothing behind.")
final class TimersCommand implements Callable<Integer> {
  @Mixin private final Benchmarks.Size size = new Benchmarks.Size();

  @Option(
      names = "--rounds",
      description = "Claim and advance so many times: each touch is answered by a no-op.")
  private int rounds;

  @Option(
      names = "--punctuality",
      split = ",",
      paramLabel = "RATE",
      description = "Open loops with so many touches due a second, such as 1000,2000,5000,10000.")
  private List<Integer> rates = new ArrayList<>();

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Length of each open loop (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--pending",
      description =
          "Touches beside them that wait for a month or two. Alone: what a claim costs, against a tenth or 300,000 of them.")
  private long pending;

  @Option(
      names = "--held",
      description = "Open loops while another session holds a transaction open.")
  private boolean held;

  @Option(
      names = "--crashes",
      description = "kill -9 so many times while touches fall due in an open loop.")
  private int crashes;

  @Override
  public Integer call() throws Exception {
    if (rounds == 0 && rates.isEmpty() && pending == 0 && !held && crashes == 0) {
      Figures figures = new TimersRun(size).measure();
      figures.print("timers", size.json);
      return figures.reconciled() ? 0 : 1;
    }
    try (TimerBed bed = TimerBed.start(size)) {
      TimerFigures figures = TimerFigures.of(bed.bed(), size, measure(bed));
      figures.print(size.json);
      return figures.reconciled() ? 0 : 1;
    }
  }

  private List<TimerFigures.Run> measure(TimerBed bed) throws Exception {
    if (rounds > 0) {
      return new RoundsRun(bed, rounds).measure();
    }
    if (crashes > 0) {
      bed.warmUp();
      return List.of(new CrashesRun(bed, firstRate(300), crashes).measure());
    }
    if (pending > 0 && rates.isEmpty()) {
      return new PendingRun(bed, pending).measure();
    }
    bed.timers().addPending(pending, bed.bed().now());
    bed.warmUp();
    List<TimerFigures.Run> runs = new ArrayList<>();
    for (int rate : rates.isEmpty() ? List.of(2000) : rates) {
      runs.add(bed.openLoop(rate, seconds, held));
    }
    return runs;
  }

  private int firstRate(int otherwise) {
    return rates.isEmpty() ? otherwise : rates.getFirst();
  }
}
