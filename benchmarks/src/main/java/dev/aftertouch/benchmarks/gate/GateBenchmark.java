package dev.aftertouch.benchmarks.gate;

import dev.aftertouch.engine.gate.Pacing;
import dev.aftertouch.engine.gate.PacingCodec;
import dev.aftertouch.engine.gate.Reason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A burst of decisions as dispatch-service makes it: with ledgers that were just read. Reading them
 * is not in the time, but what they and their growth allocate is in the bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GateBenchmark {
  /** Set by JMH. */
  @Param public GateCase name = GateCase.MIXED;

  private Asked[] burst = {};
  private byte[][] stored = {};
  private Pacing[] ledgers = {};

  /**
   * Writes the ledgers down, and asks once whether the gate gives the answers that the case is
   * about.
   *
   * @throws IllegalStateException when it does not: the figures would be of something else
   */
  @Setup(Level.Trial)
  public void prepare() {
    burst = name.burst();
    stored =
        Arrays.stream(name.ledgers())
            .map(ledger -> PacingCodec.encode(ledger, Touches.NOON))
            .toArray(byte[][]::new);
    readLedgers();
    Map<Reason, Integer> answers = new EnumMap<>(Reason.class);
    for (Asked asked : burst) {
      answers.merge(asked.answer(ledgers).reason(), 1, Integer::sum);
    }
    if (!name.answers().isEmpty() && !answers.equals(name.answers())) {
      throw new IllegalStateException(name + " was answered " + answers);
    }
  }

  /** For each burst: the one before has used them up. */
  @Setup(Level.Invocation)
  public void readLedgers() {
    ledgers = Arrays.stream(stored).map(PacingCodec::decode).toArray(Pacing[]::new);
  }

  /** One burst; JMH divides by its size. */
  @Benchmark
  @OperationsPerInvocation(GateCase.BURST)
  public void decide(Blackhole answers) {
    for (Asked asked : burst) {
      answers.consume(asked.answer(ledgers));
    }
  }
}
