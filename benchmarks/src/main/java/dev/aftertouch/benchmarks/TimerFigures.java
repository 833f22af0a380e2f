package dev.aftertouch.benchmarks;

import dev.aftertouch.benchmarks.reporting.JsonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What several runs over one system measured.
 *
 * @param lagAtEnd records not yet consumed, by consumer group and topic
 * @param conditions what the figures hold for
 * @param reconciled of every run
 */
record TimerFigures(
    List<Run> runs,
    Map<String, Long> memoryMb,
    Map<String, Long> lagAtEnd,
    Map<String, Object> conditions,
    boolean reconciled) {

  /**
   * One of them.
   *
   * @param latenessMs from the intended due time until the broker had written the touch; null where
   *     all fell due at once
   * @param cpuUsPerTouch CPU time by process, microseconds, and their sum
   * @param found what was looked at besides
   * @param reconciled every touch was published, and none twice unless a process was killed
   */
  record Run(
      String name,
      double touchesPerSecond,
      Figures.@Nullable Lateness latenessMs,
      Map<String, Double> cpuUsPerTouch,
      double rowsPerTouch,
      double walBytesPerTouch,
      Map<String, Object> found,
      boolean reconciled) {

    static Run of(
        String name,
        int touches,
        double seconds,
        Figures.@Nullable Lateness lateness,
        Bed.Cost cost,
        Map<String, Object> found,
        boolean reconciled) {
      return new Run(
          name,
          touches / seconds,
          lateness,
          cost.cpuUs(),
          cost.rows(),
          cost.walBytes(),
          found,
          reconciled);
    }
  }

  static TimerFigures of(Bed bed, Benchmarks.Size size, List<Run> runs)
      throws InterruptedException {
    Map<String, Object> conditions = bed.machine();
    conditions.put("businesses", size.businesses);
    conditions.put("warm_up", size.warmUp);
    return new TimerFigures(
        runs,
        bed.memoryMb(),
        bed.topics().lags(),
        conditions,
        runs.stream().allMatch(Run::reconciled));
  }

  void print(boolean asJson) {
    if (asJson) {
      System.out.println(JsonText.of(this));
      return;
    }
    for (Run run : runs) {
      System.out.printf(
          "%n%s: %,.0f touches/s%s%n",
          run.name(), run.touchesPerSecond(), run.reconciled() ? "" : "  (NOT RECONCILED)");
      if (run.latenessMs() != null) {
        System.out.println(run.latenessMs().told());
      }
      CostLines.printOfOne(
          "touch", run.cpuUsPerTouch(), run.rowsPerTouch(), run.walBytesPerTouch());
      run.found().forEach((what, value) -> System.out.println(what + ": " + value));
    }
    System.out.println();
    CostLines.printOfAll(memoryMb, lagAtEnd, conditions);
  }
}
