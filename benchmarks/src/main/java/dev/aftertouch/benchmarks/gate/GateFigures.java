package dev.aftertouch.benchmarks.gate;

import dev.aftertouch.benchmarks.reporting.JsonText;
import java.util.List;
import java.util.Map;

/**
 * What the gate costs.
 *
 * @param conditions what the figures hold for
 * @param reconciled every case was measured, and answered as it must be
 */
record GateFigures(List<Case> cases, Map<String, Object> conditions, boolean reconciled) {

  /**
   * One case.
   *
   * @param decisionsPerSecond of one thread
   * @param errorNs half of the 99.9 % confidence interval of the nanoseconds
   * @param bytesPerDecision allocated, the reading of the ledgers included
   */
  record Case(
      String name,
      double decisionsPerSecond,
      double nsPerDecision,
      double errorNs,
      double bytesPerDecision) {}

  void print(boolean asJson) {
    if (asJson) {
      System.out.println(JsonText.of(this));
      return;
    }
    System.out.printf(
        "%ngate, one thread%s%n%-18s %14s %10s %8s %10s%n",
        reconciled ? "" : "  (NOT RECONCILED)", "", "decisions/s", "ns", "+-", "bytes");
    cases.forEach(
        one ->
            System.out.printf(
                "%-18s %,14.0f %10.1f %8.1f %10.1f%n",
                one.name(),
                one.decisionsPerSecond(),
                one.nsPerDecision(),
                one.errorNs(),
                one.bytesPerDecision()));
    System.out.println("conditions: " + conditions);
  }
}
