package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.settling.StoredTouch.Attempt;
import dev.aftertouch.dispatch.settling.StoredTouch.Identity;
import dev.aftertouch.facts.Channel;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDeferred;
import dev.aftertouch.facts.TouchFailed;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.facts.TouchSent;
import dev.aftertouch.facts.TouchSkipped;
import dev.aftertouch.facts.TouchUnknown;
import dev.aftertouch.service.kafka.Outgoing;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * The fact that a stored answer is published as: a repeat of the input publishes the same again.
 */
public final class OutcomeFacts {
  private OutcomeFacts() {}

  /**
   * The fact of a touch that has its answer.
   *
   * @throws IllegalArgumentException for a touch that is still claimed
   */
  public static Outgoing of(StoredTouch touch) {
    Identity id = touch.id();
    TouchOutcome outcome =
        new TouchOutcome(
            id.touch(),
            touch.round(),
            id.business(),
            id.enrollment(),
            id.campaign(),
            id.version(),
            id.definition(),
            id.customer(),
            id.stepId(),
            id.number(),
            channel(id),
            touch.scheduledAt(),
            touch.dueAt(),
            touch.decidedAt(),
            outcome(touch));
    return Outgoing.of(Topics.TOUCH_OUTCOMES, id.customer().toString(), outcome);
  }

  private static Channel channel(Identity id) {
    return switch (id.channel()) {
      case EMAIL -> Channel.EMAIL;
      case SMS -> Channel.SMS;
    };
  }

  private static SpecificRecord outcome(StoredTouch touch) {
    return switch (touch.state()) {
      case DEFERRED ->
          new TouchDeferred(
              Objects.requireNonNull(touch.heldUntil()), touch.reason(), touch.evidence());
      case SKIPPED -> new TouchSkipped(touch.reason(), touch.evidence());
      case ACCEPTED -> {
        Attempt attempt = attempt(touch);
        yield new TouchSent(
            attempt.provider().code(),
            attempt.providerMessageId(),
            HexFormat.of().formatHex(attempt.payloadHash()),
            attempt.segments());
      }
      case REJECTED ->
          new TouchFailed(
              touch.reason(), attempt(touch).provider().code(), attempt(touch).providerCode());
      case UNKNOWN -> new TouchUnknown(attempt(touch).provider().code(), touch.reason());
      case CLAIMED ->
          throw new IllegalArgumentException("Touch " + touch.key() + " has no answer yet");
    };
  }

  private static Attempt attempt(StoredTouch touch) {
    return Objects.requireNonNull(touch.attempt());
  }
}
