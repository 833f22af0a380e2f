package dev.aftertouch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.benchmarks.PeerTable.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeerTableTest {
  private static final Contender SOMEBODY =
      new Contender() {
        @Override
        public String name() {
          return "somebody 1.0";
        }

        @Override
        public String mode() {
          return "default";
        }

        @Override
        public Turn take() {
          throw new AssertionError("only its names are asked for");
        }
      };

  @Test
  void showsTheMedianAndTheRangeOfTheRounds() {
    Row row = Row.of(SOMEBODY, List.of(turn(2, 1000, 0), turn(1, 1000, 0), turn(4, 1000, 0)));

    assertThat(row)
        .isEqualTo(
            new Row(
                "somebody 1.0",
                "default",
                500.0,
                250.0,
                1000.0,
                1000L,
                0L,
                null,
                3.0,
                50.0,
                40.0,
                10.0,
                600.0));
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddle() {
    Row row = Row.of(SOMEBODY, List.of(turn(1, 1000, 0), turn(2, 1000, 0)));

    assertThat(row.perSecond()).isEqualTo(750.0);
  }

  @Test
  void showsTheWorstRoundOfWhatWasLostAndWhatFiredTwice() {
    Row row = Row.of(SOMEBODY, List.of(turn(1, 999, 0), turn(1, 1000, 2)));

    assertThat(row.distinct()).isEqualTo(999);
    assertThat(row.twice()).isEqualTo(2);
    assertThat(turn(1, 999, 0).reconciled()).isFalse();
    assertThat(turn(1, 1000, 2).reconciled()).isFalse();
    assertThat(turn(1, 1000, 0).reconciled()).isTrue();
  }

  @Test
  void tellsWhyThereIsNoFigure() {
    Row row = Row.of(SOMEBODY, List.of(new Turn.NotRun("there is no npm here")));

    assertThat(row)
        .isEqualTo(
            new Row(
                "somebody 1.0",
                "default",
                null,
                null,
                null,
                null,
                null,
                "there is no npm here",
                null,
                null,
                null,
                null,
                null));
  }

  private static Turn.Measured turn(double seconds, long distinct, long twice) {
    return new Turn.Measured(
        1000, seconds, 3, distinct, twice, Map.of("postgres", 40_000L, "client", 10_000L), 600_000);
  }
}
