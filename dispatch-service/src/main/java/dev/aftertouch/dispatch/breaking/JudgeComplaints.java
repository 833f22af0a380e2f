package dev.aftertouch.dispatch.breaking;

import dev.aftertouch.dispatch.breaking.Breakers.Key;
import dev.aftertouch.dispatch.breaking.Breakers.Standing;
import dev.aftertouch.engine.breaker.Breaker;
import dev.aftertouch.engine.breaker.Breaker.Count;
import dev.aftertouch.engine.breaker.Breaker.State;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts, where something may have changed, and lets the engine say what follows. The gate obeys
 * from its next reading on. Judging and resuming take the breaker's row first, so that an owner's
 * word is not overwritten by what was counted before it.
 */
final class JudgeComplaints {
  private static final Logger log = LoggerFactory.getLogger(JudgeComplaints.class);
  private static final int AT_ONCE = 50;

  private final Tenancy tenancy;
  private final Breakers breakers;
  private final Complaints complaints;
  private final InstantSource clock;
  private final Duration lookEvery;

  JudgeComplaints(
      Tenancy tenancy,
      Breakers breakers,
      Complaints complaints,
      InstantSource clock,
      Duration lookEvery) {
    this.tenancy = tenancy;
    this.breakers = breakers;
    this.complaints = complaints;
    this.clock = clock;
    this.lookEvery = lookEvery;
  }

  /** Judges some; tells whether there may be more. */
  boolean judge() {
    List<Key> due = tenancy.asWorker(() -> breakers.due(AT_ONCE));
    due.forEach(key -> tenancy.asWorker(() -> judge(key)));
    return due.size() == AT_ONCE;
  }

  private void judge(Key key) {
    Instant now = clock.instant();
    Standing before = breakers.lock(key, now);
    complaints.markJudged(key);
    Instant since = Breaker.countedSince(now, before.resumedAt());
    Count count = breakers.count(key, since);
    State after = Breaker.decide(before.state(), count, Breaker.limits(key.channel()));
    breakers.store(key, after, count, since, now, lookEvery);
    if (after != before.state()) {
      log.warn(
          "Breaker {} of business {}: {}, {} complaints about {} messages since {}",
          key.channel().code(),
          key.business(),
          after.code(),
          count.complaints(),
          count.accepted(),
          since);
    }
  }
}
