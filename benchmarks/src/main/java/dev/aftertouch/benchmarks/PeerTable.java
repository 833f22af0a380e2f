package dev.aftertouch.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who drained how fast.
 *
 * @param conditions what the figures hold for
 * @param reconciled every timer of every run fired, and none twice
 */
record PeerTable(
    int timers, int rounds, List<Row> peers, Map<String, Object> conditions, boolean reconciled) {

  /**
   * One contender over all its rounds; figures are medians and absent where nothing was measured.
   *
   * @param perSecond timers done and durably acknowledged, from starting on
   * @param distinct the fewest timers that fired in a round
   * @param twice the most that fired more than once in a round
   * @param notRun why a round has no figure
   * @param firstAfterMs from starting to the first timer fired; absent where nobody can tell
   * @param cpuMicrosPerTimer PostgreSQL, client and, where it publishes, Kafka
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(
      String name,
      String mode,
      @Nullable Double perSecond,
      @Nullable Double lowest,
      @Nullable Double highest,
      @Nullable Long distinct,
      @Nullable Long twice,
      @Nullable String notRun,
      @Nullable Double firstAfterMs,
      @Nullable Double cpuMicrosPerTimer,
      @Nullable Double postgresMicrosPerTimer,
      @Nullable Double clientMicrosPerTimer,
      @Nullable Double walBytesPerTimer) {

    static Row of(Contender contender, List<Turn> turns) {
      List<Turn.Measured> measured =
          turns.stream()
              .filter(Turn.Measured.class::isInstance)
              .map(Turn.Measured.class::cast)
              .toList();
      String notRun =
          turns.stream()
              .filter(Turn.NotRun.class::isInstance)
              .map(turn -> ((Turn.NotRun) turn).reason())
              .findFirst()
              .orElse(null);
      if (measured.isEmpty()) {
        return new Row(
            contender.name(),
            contender.mode(),
            null,
            null,
            null,
            null,
            null,
            notRun,
            null,
            null,
            null,
            null,
            null);
      }
      double[] rates = sorted(measured, Turn.Measured::perSecond);
      double first = median(measured, Turn.Measured::firstMillis);
      return new Row(
          contender.name(),
          contender.mode(),
          median(measured, Turn.Measured::perSecond),
          rates[0],
          rates[rates.length - 1],
          measured.stream().mapToLong(Turn.Measured::distinct).min().orElseThrow(),
          measured.stream().mapToLong(Turn.Measured::twice).max().orElseThrow(),
          notRun,
          first < 0 ? null : first,
          median(measured, turn -> perTimer(turn, turn.cpuMicros().values().stream())),
          median(measured, turn -> perTimer(turn, cpu(turn, "postgres"))),
          median(measured, turn -> perTimer(turn, cpu(turn, "client"))),
          median(measured, turn -> turn.walBytes() / (double) turn.timers()));
    }

    private static java.util.stream.Stream<Long> cpu(Turn.Measured turn, String process) {
      return java.util.stream.Stream.of(turn.cpuMicros().getOrDefault(process, 0L));
    }

    private static double perTimer(Turn.Measured turn, java.util.stream.Stream<Long> micros) {
      return micros.mapToLong(Long::longValue).sum() / (double) turn.timers();
    }

    private static double[] sorted(
        List<Turn.Measured> turns, ToDoubleFunction<Turn.Measured> figure) {
      double[] values = turns.stream().mapToDouble(figure).toArray();
      Arrays.sort(values);
      return values;
    }

    /** The middle, or the mean of the two in the middle. */
    static double median(List<Turn.Measured> turns, ToDoubleFunction<Turn.Measured> figure) {
      double[] values = sorted(turns, figure);
      int half = values.length / 2;
      return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
  }

  void print(boolean asJson) {
    if (asJson) {
      System.out.println(
          JsonMapper.builder()
              .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(this));
      return;
    }
    System.out.printf(
        "%npeers: %,d timers, all due a minute ago, handlers that do nothing; median of %d rounds%s%n",
        timers, rounds, reconciled ? "" : "  (NOT RECONCILED)");
    System.out.printf(
        "%-30s %-70s %10s %19s %9s %8s %8s %8s %7s%n",
        "", "", "timers/s", "range", "first ms", "CPU us", "postgres", "WAL B", "twice");
    for (Row row : peers) {
      if (row.perSecond() == null) {
        System.out.printf("%-30s %-70s not run: %s%n", row.name(), row.mode(), row.notRun());
      } else {
        System.out.printf(
            "%-30s %-70s %,10.0f %,9.0f-%,9.0f %9s %8.1f %8.1f %,8.0f %7d%n",
            row.name(),
            row.mode(),
            row.perSecond(),
            row.lowest(),
            row.highest(),
            row.firstAfterMs() == null ? "" : Math.round(row.firstAfterMs()),
            row.cpuMicrosPerTimer(),
            row.postgresMicrosPerTimer(),
            row.walBytesPerTimer(),
            row.twice());
      }
    }
    System.out.println("conditions: " + conditions);
  }
}
