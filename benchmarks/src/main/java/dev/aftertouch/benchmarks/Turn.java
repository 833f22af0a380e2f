package dev.aftertouch.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/** What came of one contender in one round. */
sealed interface Turn {
  /**
   * @param seconds from starting until the database knew of the last timer that it is done
   * @param firstMillis from starting until the first timer fired; negative where nobody can tell
   * @param distinct timers that fired
   * @param twice timers that fired more than once
   * @param cpuMicros by process: postgres, client and what else works for it
   */
  record Measured(
      int timers,
      double seconds,
      double firstMillis,
      long distinct,
      long twice,
      Map<String, Long> cpuMicros,
      long walBytes)
      implements Turn {

    static Measured between(
        SharedPostgres.Reading before,
        SharedPostgres.Reading after,
        int timers,
        double seconds,
        double firstMillis,
        long distinct,
        long twice) {
      Map<String, Long> cpu = new TreeMap<>();
      after
          .cpuMicros()
          .forEach((name, us) -> cpu.put(name, us - before.cpuMicros().getOrDefault(name, 0L)));
      return new Measured(
          timers, seconds, firstMillis, distinct, twice, cpu, after.walBytes() - before.walBytes());
    }

    double perSecond() {
      return timers / seconds;
    }

    boolean reconciled() {
      return distinct == timers && twice == 0;
    }
  }

  /**
   * @param reason why there is no figure
   */
  record NotRun(String reason) implements Turn {}
}
