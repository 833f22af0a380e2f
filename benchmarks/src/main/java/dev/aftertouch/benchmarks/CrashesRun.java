package dev.aftertouch.benchmarks;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.local.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/**
 * kill -9 of enrollment-service at random moments while touches fall due in an open loop, each time
 * started again at once. Every touch must be published; one whose claim was cut off between the
 * broker's acknowledgement and the commit is published again.
 */
final class CrashesRun {
  private static final long SEED = 20_260_310;

  /** Of touches falling due, for each crash: more than a start takes on two busy cores. */
  private static final int SECONDS_EACH = 60;

  /** The longest time from being ready until the next crash, milliseconds. */
  private static final int WITHIN = 4000;

  /** What the dead process sent last may still be written by the broker, milliseconds. */
  private static final long LAST_BREATH = 100;

  private final TimerBed bed;
  private final int perSecond;
  private final int crashes;
  private final SplittableRandom random = new SplittableRandom(SEED);

  CrashesRun(TimerBed bed, int perSecond, int crashes) {
    this.bed = bed;
    this.perSecond = perSecond;
    this.crashes = crashes;
  }

  TimerFigures.Run measure() throws Exception {
    Bed system = bed.bed();
    int touches = perSecond * crashes * SECONDS_EACH;
    Instant due = bed.soon();
    bed.timers().add(touches, due, Duration.ofSeconds((long) crashes * SECONDS_EACH));
    system.tidy();
    Map<TopicPartition, Long> from = system.topics().ends(Topics.TOUCHES_DUE);
    Bed.Reading before = system.read();
    long started = System.nanoTime();
    long ahead = bed.jump(due);
    List<Long> killedAt = crash(system);
    system.jump(due.plusSeconds((long) crashes * SECONDS_EACH));
    system.awaitRowsGone(Service.ENROLLMENT, "due_touches");
    double seconds = (System.nanoTime() - started) / 1e9;
    Bed.Cost cost = system.read().since(before, touches);
    // What the dead processes used is known to nobody, so there is no sum either.
    cost.cpuUs().keySet().removeAll(List.of(Service.ENROLLMENT.module(), "total"));

    PublishedTouches published = PublishedTouches.read(system, from, ahead);
    LongSummaryStatistics resumed =
        killedAt.stream()
            .mapToLong(killed -> LAST_BREATH + published.nextAfter(killed + LAST_BREATH))
            .summaryStatistics();
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("due_per_second", perSecond);
    found.put("crashes", killedAt.size());
    found.put("lost", touches - published.distinct());
    found.put("published_again", published.repeats());
    found.put(
        "next_claim_after_ms",
        Map.of("average", Math.round(resumed.getAverage()), "max", resumed.getMax()));
    return TimerFigures.Run.of(
        crashes + " crashes", touches, seconds, null, cost, found, published.distinct() == touches);
  }

  /** Returns when it was killed, each time, by the real clock. */
  private List<Long> crash(Bed system) {
    List<Long> killedAt = new ArrayList<>();
    for (int crash = 0; crash < crashes; crash++) {
      LockSupport.parkNanos(random.nextInt(WITHIN) * 1_000_000L);
      system.kill(Service.ENROLLMENT);
      killedAt.add(System.currentTimeMillis());
      system.restart(Service.ENROLLMENT);
    }
    return killedAt;
  }
}
