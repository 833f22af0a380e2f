package dev.aftertouch.benchmarks;

import dev.aftertouch.benchmarks.reporting.JsonText;
import java.util.Map;

/**
 * What folding and asking cost.
 *
 * @param factsPerSecond from the first fact read until all were in the projections
 * @param cpuUsPerFact CPU time by process, microseconds, and their sum
 * @param rowsPerFact rows inserted, updated and deleted in all databases
 * @param queriesMs how long an owner waited for an answer through the gateway, by question
 * @param lagAtEnd records not yet consumed, by consumer group and topic
 * @param conditions what the figures hold for
 * @param reconciled each fact is in a timeline exactly once, and the campaign's statistics are what
 *     was put in
 */
record AnalyticsFigures(
    double factsPerSecond,
    Map<String, Double> cpuUsPerFact,
    double rowsPerFact,
    double walBytesPerFact,
    Map<String, Questions.Times> queriesMs,
    Map<String, Long> memoryMb,
    Map<String, Long> lagAtEnd,
    Map<String, Object> conditions,
    boolean reconciled) {

  void print(boolean asJson) {
    if (asJson) {
      System.out.println(JsonText.of(this));
      return;
    }
    System.out.printf(
        "%nanalytics: %,.0f facts/s folded%s%n",
        factsPerSecond, reconciled ? "" : "  (NOT RECONCILED)");
    CostLines.printOfOne("fact", cpuUsPerFact, rowsPerFact, walBytesPerFact);
    queriesMs.forEach(
        (question, times) ->
            System.out.printf(
                "%-20s ms: p50 %.1f  p99 %.1f  max %.1f  (%d calls)%n",
                question, times.p50(), times.p99(), times.max(), times.calls()));
    CostLines.printOfAll(memoryMb, lagAtEnd, conditions);
  }
}
