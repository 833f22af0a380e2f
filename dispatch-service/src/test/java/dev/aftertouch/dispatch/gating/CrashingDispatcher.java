package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.LeftOpen;
import dev.aftertouch.dispatch.sending.SendMessages;
import dev.aftertouch.facts.TouchDue;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class CrashingDispatcher implements LeftOpen {
  private final DecideTouches decide;
  private final SendMessages sender;
  private final InstantSource clock;

  CrashingDispatcher(DecideTouches decide, SendMessages sender, InstantSource clock) {
    this.decide = decide;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public void claimAndCrash(List<TouchDue> touches) {
    decide.decide(touches, clock.instant());
  }

  @Override
  public void sendAndCrash(List<TouchDue> touches) {
    sender.send(decide.decide(touches, clock.instant()).parcels());
  }
}
