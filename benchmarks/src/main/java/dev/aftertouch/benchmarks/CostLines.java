package dev.aftertouch.benchmarks;

import java.util.Map;

/** What every run over a system tells of it in text. */
final class CostLines {
  private CostLines() {}

  /**
   * Of one thing, such as a touch.
   *
   * @param cpuUs CPU time by process, microseconds
   */
  static void printOfOne(String thing, Map<String, Double> cpuUs, double rows, double walBytes) {
    System.out.println("CPU us per " + thing + ":");
    cpuUs.forEach((process, us) -> System.out.printf("  %-20s %8.1f%n", process, us));
    System.out.printf(
        "rows per %1$s: %2$.1f   WAL bytes per %1$s: %3$,.0f%n", thing, rows, walBytes);
  }

  /** Of the whole run. */
  static void printOfAll(
      Map<String, Long> memoryMb, Map<String, Long> lagAtEnd, Map<String, Object> conditions) {
    System.out.println("memory MB: " + memoryMb);
    System.out.println("lag at end: " + lagAtEnd);
    System.out.println("conditions: " + conditions);
  }
}
