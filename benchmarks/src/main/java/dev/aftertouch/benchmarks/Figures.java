package dev.aftertouch.benchmarks;

import dev.aftertouch.benchmarks.reporting.JsonText;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run measured.
 *
 * @param touchesPerSecond from the due instant until the last stage had caught up: sustained, not a
 *     peak
 * @param latenessMs from the intended due time to the outcome; null where no outcome exists
 * @param cpuUsPerTouch CPU time by process, microseconds, and their sum
 * @param rowsPerTouch rows inserted, updated and deleted in all databases
 * @param lagAtEnd records not yet consumed, by consumer group and topic
 * @param conditions what the figures hold for
 * @param reconciled every touch measured was seen exactly once at the end
 */
record Figures(
    double touchesPerSecond,
    @Nullable Lateness latenessMs,
    Map<String, Double> cpuUsPerTouch,
    double rowsPerTouch,
    double walBytesPerTouch,
    Map<String, Long> memoryMb,
    Map<String, Long> lagAtEnd,
    Map<String, Object> conditions,
    boolean reconciled) {

  /** Milliseconds of virtual time, which runs at real speed here. */
  record Lateness(long p50, long p99, long p999, long max) {
    /** Of all values in milliseconds, in any order; they are sorted in place. */
    static Lateness of(long[] values) {
      Arrays.sort(values);
      return new Lateness(at(values, 0.5), at(values, 0.99), at(values, 0.999), at(values, 1));
    }

    String told() {
      return "lateness ms: p50 %,d  p99 %,d  p99.9 %,d  max %,d".formatted(p50, p99, p999, max);
    }

    private static long at(long[] sorted, double share) {
      return sorted.length == 0
          ? 0
          : sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }
  }

  void print(String name, boolean asJson) {
    if (asJson) {
      System.out.println(JsonText.of(this));
      return;
    }
    System.out.printf(
        "%n%s: %,.0f touches/s sustained%s%n",
        name, touchesPerSecond, reconciled ? "" : "  (NOT RECONCILED)");
    if (latenessMs != null) {
      System.out.println(latenessMs.told());
    }
    CostLines.printOfOne("touch", cpuUsPerTouch, rowsPerTouch, walBytesPerTouch);
    CostLines.printOfAll(memoryMb, lagAtEnd, conditions);
  }
}
