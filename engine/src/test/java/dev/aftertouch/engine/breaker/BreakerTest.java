package dev.aftertouch.engine.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.breaker.Breaker.Count;
import dev.aftertouch.engine.breaker.Breaker.State;
import dev.aftertouch.engine.definition.Channel;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {
  private static final Instant NOW = Instant.parse("2026-06-09T18:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // The rate that is reached counts, the one just below does not.
    "CLOSED, 3, 3001, CLOSED",
    "CLOSED, 3, 3000, WARNING",
    "CLOSED, 3, 1001, WARNING",
    "CLOSED, 3, 1000, PAUSED",
    "WARNING, 3, 1000, PAUSED",
    "WARNING, 3, 3001, CLOSED",
    // Too few complaints say nothing, however few the messages.
    "CLOSED, 2, 2, CLOSED",
    "CLOSED, 3, 40, PAUSED",
    // What is paused stays so until the rate is below the one that warns.
    "PAUSED, 3, 1001, PAUSED",
    "PAUSED, 3, 3000, PAUSED",
    "PAUSED, 3, 3001, CLOSED",
    "PAUSED, 2, 2, CLOSED",
    "PAUSED, 0, 0, CLOSED",
    // Figures that no int holds.
    "CLOSED, 3000000, 1000000000, PAUSED"
  })
  void weighsTheComplaintsAboutEmails(State before, long complaints, long accepted, State after) {
    assertThat(
            Breaker.decide(before, new Count(complaints, accepted), Breaker.limits(Channel.EMAIL)))
        .isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({"9, 9, CLOSED", "10, 501, CLOSED", "10, 500, WARNING", "10, 200, PAUSED"})
  void weighsTheTextsThatCarriersFilter(long filtered, long accepted, State after) {
    assertThat(
            Breaker.decide(
                State.CLOSED, new Count(filtered, accepted), Breaker.limits(Channel.SMS)))
        .isEqualTo(after);
  }

  @Test
  void measuresAnOwnerWhoResumedByWhatFollows() {
    Instant yesterday = NOW.minus(Duration.ofDays(1));

    assertThat(Breaker.countedSince(NOW, null)).isEqualTo(NOW.minus(Breaker.WINDOW));
    assertThat(Breaker.countedSince(NOW, yesterday)).isEqualTo(yesterday);
    assertThat(Breaker.countedSince(NOW, NOW.minus(Duration.ofDays(8))))
        .isEqualTo(NOW.minus(Breaker.WINDOW));
  }
}
