package dev.aftertouch.benchmarks;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDeferred;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.local.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/**
 * Touches due, through claim, gate, provider, settling, advancing and projection. The clock stops
 * nothing: after the jump to the due time virtual time runs at real speed, and the run ends when
 * every stage has caught up.
 */
final class PipelineRun {
  /** Shorter than a pacing slot is good for. */
  private static final Duration STEP = Duration.ofMinutes(3);

  private static final int MOST_STEPS = 100;

  /** Milliseconds until every process has read the clock's file. */
  private static final long SEEN_BY_ALL = 400;

  private final Benchmarks.Size size;

  PipelineRun(Benchmarks.Size size) {
    this.size = size;
  }

  Figures measure() throws Exception {
    try (Bed bed =
        Bed.start(
            EnumSet.of(
                Service.ENROLLMENT, Service.DISPATCH, Service.ANALYTICS, Service.PROVIDER_SANDBOX),
            size.postgresSettings())) {
      Instant dawn = bed.now();
      Instant warmUpDue = dawn.plus(Duration.ofMinutes(50));
      Instant measuredDue = dawn.plus(Duration.ofMinutes(60));
      double ingested = bed.enroll(size, warmUpDue, measuredDue);

      // Once, before the warm-up: full-page images after a checkpoint belong to its interval, not
      // to a run.
      bed.tidy();
      bed.checkpoint();
      bed.jump(warmUpDue);
      bed.awaitSize(Topics.TOUCH_OUTCOMES, size.warmUp);
      bed.awaitLevel();
      bed.tidy();

      Map<TopicPartition, Long> from = bed.topics().ends(Topics.TOUCH_OUTCOMES);
      Profile profile = size.profile == null ? null : bed.profile(size.profile);
      if (profile != null) {
        profile.begin();
      }
      Bed.Reading before = bed.read();
      bed.jump(measuredDue);
      long started = System.nanoTime();
      bed.awaitSize(Topics.TOUCH_OUTCOMES, size.warmUp + (long) size.touches);
      bed.awaitLevel();
      double seconds = (System.nanoTime() - started) / 1e9;
      Bed.Reading after = bed.read();
      if (profile != null) {
        profile.end();
      }

      letHeldTouchesLeave(bed);
      return figures(bed, from, before, after, seconds, ingested);
    }
  }

  /** Behind the measured part: touches over the limit leave in their slots, which expire. */
  private void letHeldTouchesLeave(Bed bed) throws Exception {
    for (int step = 0; step < MOST_STEPS && bed.acceptedBySandbox() < all(); step++) {
      bed.jump(bed.now().plus(STEP));
      Thread.sleep(SEEN_BY_ALL);
      bed.awaitLevel();
    }
  }

  private long all() {
    return size.touches + (long) size.warmUp;
  }

  private Figures figures(
      Bed bed,
      Map<TopicPartition, Long> from,
      Bed.Reading before,
      Bed.Reading after,
      double seconds,
      double ingested)
      throws Exception {
    Set<UUID> ended = new HashSet<>();
    Map<UUID, Integer> decisions = new HashMap<>();
    long[] deferred = {0};
    Map<String, Integer> outcomes = new LinkedHashMap<>();
    long[] lateness = new long[size.touches * 4];
    int[] filled = {0};
    bed.topics()
        .read(
            Topics.TOUCH_OUTCOMES,
            from,
            TouchOutcome.class,
            outcome -> {
              outcomes.merge(kind(outcome), 1, Integer::sum);
              decisions.merge(outcome.getTouchId(), 1, Integer::sum);
              if (outcome.getOutcome() instanceof TouchDeferred) {
                deferred[0]++;
              } else if (ended.add(outcome.getTouchId())
                  && outcome.getRound() == 0
                  && filled[0] < lateness.length) {
                lateness[filled[0]++] =
                    Duration.between(outcome.getDueAt(), outcome.getDecidedAt()).toMillis();
              }
            });
    Map<String, Object> conditions = bed.conditions(size);
    conditions.put("limit_per_hour_channel_business", 100);
    conditions.put("deferral_share", (double) deferred[0] / size.touches);
    conditions.put("outcomes", outcomes);
    conditions.put(
        "most_decisions_of_a_touch", decisions.values().stream().max(Integer::compare).orElse(0));
    conditions.put("jobs_enrolled_per_second", Math.round(ingested));
    long accepted = bed.acceptedBySandbox();
    conditions.put("accepted_by_sandbox_in_all", accepted);
    return bed.figures(
        size,
        seconds,
        Figures.Lateness.of(Arrays.copyOf(lateness, filled[0])),
        before,
        after,
        conditions,
        ended.size() == size.touches && accepted == all());
  }

  private static String kind(TouchOutcome outcome) {
    String kind = outcome.getOutcome().getClass().getSimpleName();
    return outcome.getOutcome() instanceof TouchDeferred deferred
        ? kind + " " + deferred.getReason()
        : kind;
  }
}
