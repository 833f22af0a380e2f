package dev.aftertouch.benchmarks;

import dev.aftertouch.benchmarks.reporting.JsonText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What starting costs.
 *
 * @param conditions what the figures hold for
 * @param reconciled every process that was ready still ran when its memory was read
 */
record StartFigures(List<Start> starts, Map<String, Object> conditions, boolean reconciled) {

  /**
   * One start.
   *
   * @param classArchives archives of classes that the start used: none at the first start, which
   *     has no data either; later ones find both as the start before left them
   * @param seconds until everything was ready
   * @param readyAfterSeconds by process, from the beginning of the start
   * @param cpuMs CPU time by process until all were ready, milliseconds, and their sum
   * @param memoryMb by process as soon as all were ready, and their sum
   * @param archivedAfterSeconds from ready until the missing archives were made, in the background
   * @param stoppedAfterSeconds the polite end
   */
  record Start(
      int classArchives,
      double seconds,
      Map<String, Double> readyAfterSeconds,
      Map<String, Long> cpuMs,
      long cpuMsInAll,
      Map<String, Long> memoryMb,
      long memoryMbInAll,
      double archivedAfterSeconds,
      double stoppedAfterSeconds) {

    static Start of(
        int classArchives,
        double seconds,
        Map<String, Double> readyAfterSeconds,
        Map<String, Long> cpuMicros,
        Map<String, Long> memoryMb,
        double archivedAfterSeconds,
        double stoppedAfterSeconds) {
      Map<String, Long> cpuMs = new TreeMap<>();
      cpuMicros.forEach((process, micros) -> cpuMs.put(process, micros / 1_000));
      return new Start(
          classArchives,
          seconds,
          new TreeMap<>(readyAfterSeconds),
          cpuMs,
          sum(cpuMs),
          new TreeMap<>(memoryMb),
          sum(memoryMb),
          archivedAfterSeconds,
          stoppedAfterSeconds);
    }

    private static long sum(Map<String, Long> values) {
      return values.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  void print(boolean asJson) {
    if (asJson) {
      System.out.println(JsonText.of(this));
      return;
    }
    starts.forEach(StartFigures::print);
    System.out.println("conditions: " + conditions);
    if (!reconciled) {
      System.out.println("NOT RECONCILED: a process had ended");
    }
  }

  private static void print(Start start) {
    System.out.printf(
        "%nstart with %d class archives: %.1f s to ready, %,d MB, %.1f s of CPU, archived after %.1f s, ended in %.1f s%n",
        start.classArchives(),
        start.seconds(),
        start.memoryMbInAll(),
        start.cpuMsInAll() / 1e3,
        start.archivedAfterSeconds(),
        start.stoppedAfterSeconds());
    start
        .readyAfterSeconds()
        .forEach(
            (process, seconds) ->
                System.out.printf(
                    "  %-20s ready after %5.1f s  %5d MB  %6d ms CPU%n",
                    process,
                    seconds,
                    start.memoryMb().getOrDefault(process, 0L),
                    start.cpuMs().getOrDefault(process, 0L)));
  }
}
