package dev.aftertouch.dispatch.settling;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Outcomes by reason, how late accepted touches were, and how many claims are open. */
final class OutcomeMeters {
  private record Label(String channel, String outcome, String reason) {}

  private final MeterRegistry registry;
  private final Timer lateness;
  private final AtomicLong openClaims = new AtomicLong();

  OutcomeMeters(MeterRegistry registry) {
    this.registry = registry;
    this.lateness =
        Timer.builder("aftertouch.touch.lateness")
            .description("From the due time of the round to the provider's acceptance")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    registry.gauge("aftertouch.claims.open.past.deadline", openClaims);
  }

  void count(List<StoredTouch> answers) {
    Map<Label, Integer> counts = new HashMap<>();
    for (StoredTouch answer : answers) {
      counts.merge(
          new Label(answer.id().channel().code(), answer.state().code(), answer.reason()),
          1,
          Integer::sum);
      if (answer.state() == TouchState.ACCEPTED) {
        Duration late = Duration.between(answer.dueAt(), answer.decidedAt());
        lateness.record(late.isNegative() ? Duration.ZERO : late);
      }
    }
    counts.forEach(
        (label, count) ->
            registry
                .counter(
                    "aftertouch.touch.outcomes",
                    "channel",
                    label.channel(),
                    "outcome",
                    label.outcome(),
                    "reason",
                    label.reason())
                .increment(count));
  }

  void openClaims(long count) {
    openClaims.set(count);
  }
}
