package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.settling.StoredTouch;
import dev.aftertouch.dispatch.settling.StoredTouch.Identity;
import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.facts.TouchDue;

/** Reads a due touch's words as the engine's. */
final class DueTouches {
  private DueTouches() {}

  static Key key(TouchDue due) {
    return new Key(due.getBusinessId(), due.getTouchId());
  }

  static Channel channel(TouchDue due) {
    return switch (due.getChannel()) {
      case EMAIL -> Channel.EMAIL;
      case SMS -> Channel.SMS;
      case UNKNOWN ->
          throw new IllegalArgumentException("This version does not know the touch's channel");
    };
  }

  /** The touch once more, as the next round. It names no job: its message is frozen already. */
  static TouchDue again(StoredTouch touch) {
    Identity id = touch.id();
    return new TouchDue(
        id.touch(),
        touch.round() + 1,
        id.business(),
        id.enrollment(),
        id.campaign(),
        id.version(),
        id.definition(),
        id.customer(),
        0L,
        id.stepId(),
        id.number(),
        switch (id.channel()) {
          case EMAIL -> dev.aftertouch.facts.Channel.EMAIL;
          case SMS -> dev.aftertouch.facts.Channel.SMS;
        },
        touch.scheduledAt(),
        touch.dueAt(),
        "",
        "",
        touch.scheduledAt(),
        null);
  }

  static Identity identity(TouchDue due) {
    return new Identity(
        due.getBusinessId(),
        due.getTouchId(),
        due.getEnrollmentId(),
        due.getCampaignId(),
        due.getVersion(),
        due.getDefinitionId(),
        due.getCustomerId(),
        due.getStepId(),
        due.getNumber(),
        channel(due));
  }
}
