package dev.aftertouch.benchmarks;

import dev.aftertouch.facts.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Claim and advance: all touches fall due at once, are answered by a no-op, and their enrollments
 * move on to the next touch, which is the next round. A round takes from the due time until every
 * answer has been applied and every next touch waits.
 */
final class RoundsRun {
  private final TimerBed bed;
  private final int rounds;

  RoundsRun(TimerBed bed, int rounds) {
    this.bed = bed;
    this.rounds = rounds;
  }

  List<TimerFigures.Run> measure() throws Exception {
    int touches = bed.size().touches;
    List<TimerFigures.Run> runs = new ArrayList<>();
    try (NoOpAnswers ignored = NoOpAnswers.start(bed.bed().topics())) {
      bed.warmUp();
      bed.bed().awaitSize(Topics.TOUCH_OUTCOMES, bed.size().warmUp);
      bed.bed().awaitLevel();
      bed.timers().forget();
      bed.timers().add(touches, bed.soon(), Duration.ZERO);
      for (int round = 1; round <= rounds; round++) {
        runs.add(round(round, touches));
      }
    }
    return runs;
  }

  private TimerFigures.Run round(int round, int touches) throws Exception {
    Bed system = bed.bed();
    Instant due = bed.timers().lastDue();
    system.tidy();
    system.checkpoint();
    Map<TopicPartition, Long> from = system.topics().ends(Topics.TOUCHES_DUE);
    long answered = system.topics().size(Topics.TOUCH_OUTCOMES);
    Bed.Reading before = system.read();
    system.jump(due);
    long started = System.nanoTime();
    system.awaitSize(Topics.TOUCH_OUTCOMES, answered + touches);
    system.awaitLevel();
    double seconds = (System.nanoTime() - started) / 1e9;
    Bed.Cost cost = system.read().since(before, touches);
    PublishedTouches published = PublishedTouches.read(system, from, 0);
    long waiting = bed.timers().waiting();
    return TimerFigures.Run.of(
        "round " + round,
        touches,
        seconds,
        null,
        cost,
        Map.of("waiting_for_the_next", waiting),
        published.distinct() == touches && published.repeats() == 0 && waiting == touches);
  }
}
