package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.gating.DecideTouches.Decided;
import dev.aftertouch.dispatch.sending.SendMessages;
import dev.aftertouch.dispatch.settling.Claim;
import dev.aftertouch.dispatch.settling.SettleTouches;
import dev.aftertouch.facts.TouchDue;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes due touches to their ends: decide (one transaction), hand over (none), settle (one
 * transaction). When it returns, every touch of the batch has its outcome published, or is claimed
 * and in the sweeper's care; only then may the batch's offsets be committed.
 */
final class DispatchTouches {
  private final DecideTouches decide;
  private final SendMessages sender;
  private final SettleTouches settle;
  private final InstantSource clock;

  DispatchTouches(
      DecideTouches decide, SendMessages sender, SettleTouches settle, InstantSource clock) {
    this.decide = decide;
    this.sender = sender;
    this.settle = settle;
    this.clock = clock;
  }

  void dispatch(List<TouchDue> batch) {
    Decided decided = decide.decide(batch, clock.instant());
    settle.publish(decided.answers());
    List<Claim> claims = decided.claims();
    if (claims.isEmpty()) {
      return;
    }
    List<SendMessages.Answered> answers =
        sender.send(claims.stream().map(Claim::handover).toList());
    List<SettleTouches.Ended> ended = new ArrayList<>(claims.size());
    for (int i = 0; i < claims.size(); i++) {
      ended.add(new SettleTouches.Ended(claims.get(i), answers.get(i).answer()));
    }
    settle.settle(ended);
  }
}
