package dev.aftertouch.benchmarks;

import dev.aftertouch.benchmarks.reporting.JsonText;
import java.util.Map;

/**
 * What enrolling costs.
 *
 * @param jobsPerSecond from the first job read until every enrollment was committed and told, and
 *     the offsets too
 * @param cpuUsPerJob CPU time by process, microseconds, and their sum
 * @param rowsPerJob rows inserted, updated and deleted in all databases
 * @param lagAtEnd records not yet consumed, by consumer group and topic
 * @param conditions what the figures hold for
 * @param reconciled every job measured led to exactly one enrollment, in the topic and in the table
 */
record IngestFigures(
    double jobsPerSecond,
    Map<String, Double> cpuUsPerJob,
    double rowsPerJob,
    double walBytesPerJob,
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
        "%ningest: %,.0f jobs/s enrolled%s%n",
        jobsPerSecond, reconciled ? "" : "  (NOT RECONCILED)");
    CostLines.printOfOne("job", cpuUsPerJob, rowsPerJob, walBytesPerJob);
    CostLines.printOfAll(memoryMb, lagAtEnd, conditions);
  }
}
