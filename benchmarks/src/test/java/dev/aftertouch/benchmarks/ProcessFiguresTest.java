package dev.aftertouch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {
  private final Map<String, Long> self = Map.of("self", ProcessHandle.current().pid());

  @Test
  void cpuTimeGrowsWithWork() {
    long before = ProcessFigures.cpuMicros(self).getOrDefault("self", 0L);

    double sum = 0;
    while (ProcessFigures.cpuMicros(self).getOrDefault("self", 0L) < before + 20_000) {
      sum += Math.sqrt(sum + 1);
    }

    assertThat(sum).isPositive();
  }

  @Test
  void countsMemoryInMegabytes() {
    assertThat(ProcessFigures.memoryMb(self).get("self")).isBetween(20L, 4_000L);
  }
}
