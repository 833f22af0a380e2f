package dev.aftertouch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.facts.Channel;
import dev.aftertouch.facts.TouchDue;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PublishedTouchesTest {
  private static final long DUE = 1_000_000;

  /** Virtual time is an hour ahead. */
  private static final long AHEAD = 3_600_000;

  private final PublishedTouches published = new PublishedTouches();

  @Test
  void countsARoundOnceAndItsRepeatsApart() {
    published.note(touch(1, 0, DUE), DUE + 5, AHEAD);
    published.note(touch(1, 0, DUE), DUE + 900, AHEAD);
    published.note(touch(1, 1, DUE), DUE + 7, AHEAD);

    assertThat(published.distinct()).isEqualTo(2);
    assertThat(published.repeats()).isEqualTo(1);
    assertThat(published.lateness()).isEqualTo(new Figures.Lateness(7, 7, 7, 7));
  }

  @Test
  void tellsLatenessByTenSecondsOfDueTime() {
    published.note(touch(1, 0, DUE), DUE + 20, AHEAD);
    published.note(touch(2, 0, DUE + 9_999), DUE + 10_100, AHEAD);
    published.note(touch(3, 0, DUE + 10_000), DUE + 10_400, AHEAD);

    assertThat(published.slices())
        .containsExactly(
            Map.entry(
                0L, new PublishedTouches.Slice(0.2, new Figures.Lateness(101, 101, 101, 101))),
            Map.entry(
                10L, new PublishedTouches.Slice(0.1, new Figures.Lateness(400, 400, 400, 400))));
  }

  @Test
  void findsTheNextRecordAfterAMoment() {
    published.note(touch(1, 0, DUE), DUE + 20, AHEAD);
    published.note(touch(2, 0, DUE), DUE + 6_020, AHEAD);

    assertThat(published.nextAfter(DUE + 21)).isEqualTo(5_999);
  }

  private static TouchDue touch(int number, int round, long realDue) {
    Instant due = Instant.ofEpochMilli(realDue + AHEAD);
    return new TouchDue(
        new UUID(7, number),
        round,
        new UUID(1, 0),
        new UUID(3, number),
        new UUID(2, 0),
        1,
        null,
        new UUID(4, number),
        1L,
        "touch-1",
        1,
        Channel.EMAIL,
        due,
        due,
        null,
        null,
        null,
        null);
  }
}
