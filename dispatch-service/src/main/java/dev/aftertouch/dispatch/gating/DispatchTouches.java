package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.gating.DecideTouches.Decided;
import dev.aftertouch.dispatch.settling.Flight;
import dev.aftertouch.dispatch.settling.HandOverClaims;
import dev.aftertouch.dispatch.settling.SettleTouches;
import dev.aftertouch.facts.TouchDue;
import java.time.InstantSource;
import java.util.List;

/**
 * Takes due touches to their ends: decide (one transaction), hand over (none), settle (one
 * transaction). When it returns, every touch of the batch has its outcome published, or is claimed
 * and in the sweeper's care; only then may the batch's offsets be committed.
 */
final class DispatchTouches {
  private final DecideTouches decide;
  private final HandOverClaims handOver;
  private final SettleTouches settle;
  private final InstantSource clock;

  DispatchTouches(
      DecideTouches decide, HandOverClaims handOver, SettleTouches settle, InstantSource clock) {
    this.decide = decide;
    this.handOver = handOver;
    this.settle = settle;
    this.clock = clock;
  }

  void dispatch(List<TouchDue> batch) {
    Decided decided = decide.decide(batch, clock.instant());
    settle.publish(decided.answers());
    Flight flight = decided.flight();
    if (!flight.isEmpty()) {
      settle.settle(flight, handOver.handOver(decided.parcels(), flight.claims()));
    }
  }
}
