package dev.aftertouch.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a claim costs beside few touches that wait and beside many: the same drain twice in one
 * system, with ever more rows that fall due in a month or two.
 */
final class PendingRun {
  private static final long FEW = 300_000;

  private final TimerBed bed;
  private final long many;

  PendingRun(TimerBed bed, long many) {
    this.bed = bed;
    this.many = many;
  }

  List<TimerFigures.Run> measure() throws Exception {
    long few = Math.min(FEW, many / 10);
    bed.timers().addPending(few, bed.bed().now());
    bed.warmUp();
    TimerFigures.Run beside = drain(few, Map.of());
    bed.timers().addPending(many - few, bed.bed().now());
    // The pages of the many are cold, and those of the first drain are gone: both begin warm.
    bed.warmUp();
    return List.of(beside, drain(many, beside.cpuUsPerTouch()));
  }

  private TimerFigures.Run drain(long pending, Map<String, Double> fewer) throws Exception {
    TimerFigures.Run run = bed.drain("%,d pending".formatted(pending), bed.size().touches);
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("pending", pending);
    found.put("due_touches_mb", bed.timers().megabytes("due_touches"));
    found.put("enrollments_mb", bed.timers().megabytes("enrollments"));
    if (!fewer.isEmpty()) {
      Map<String, Double> ratio = new LinkedHashMap<>();
      fewer.forEach(
          (process, cpu) -> {
            if (cpu > 1) {
              ratio.put(process, run.cpuUsPerTouch().getOrDefault(process, 0.0) / cpu);
            }
          });
      found.put("cpu_against_fewer_pending", ratio);
    }
    return new TimerFigures.Run(
        run.name(),
        run.touchesPerSecond(),
        run.latenessMs(),
        run.cpuUsPerTouch(),
        run.rowsPerTouch(),
        run.walBytesPerTouch(),
        found,
        run.reconciled());
  }
}
