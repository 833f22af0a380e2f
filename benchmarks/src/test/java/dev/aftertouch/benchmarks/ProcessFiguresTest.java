package dev.aftertouch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {
  private final Map<String, Long> self = Map.of("self", ProcessHandle.current().pid());

  @Test
  void cpuTimeGrowsWithWork() {
    long before = ProcessFigures.cpuMicros(self).getOrDefault("self", 0L);

    double sum = 1;
    while (ProcessFigures.cpuMicros(self).getOrDefault("self", 0L) < before + 20_000) {
      sum += Math.sqrt(sum + 1);
    }

    assertThat(sum).isPositive();
  }

  @Test
  void keepsTheTimeOfChildrenThatEnded() throws Exception {
    String busyChild = "sh -c 'n=0; while [ $n -lt 300000 ]; do n=$((n+1)); done'";
    Process parent =
        new ProcessBuilder("sh", "-c", busyChild + "; echo ended; read -r forEver").start();
    try (BufferedReader output = parent.inputReader()) {
      assertThat(output.readLine()).isEqualTo("ended");

      Map<String, Long> cpu = ProcessFigures.cpuMicros(Map.of("parent", parent.pid()));

      assertThat(cpu.getOrDefault("parent", 0L)).isGreaterThan(50_000);
    } finally {
      parent.destroy();
    }
  }

  @Test
  void countsMemoryInMegabytes() {
    assertThat(ProcessFigures.memoryMb(self).get("self")).isBetween(20L, 4_000L);
  }
}
