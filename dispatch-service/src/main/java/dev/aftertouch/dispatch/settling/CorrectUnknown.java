package dev.aftertouch.dispatch.settling;

import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.outbox.Outbox;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes down what a provider says later of an attempt whose answer was lost, and publishes the
 * corrected outcome, all in the caller's transaction. Consumers replace an unknown outcome by it,
 * whichever comes first. An attempt that was never unknown, or whose word is known, is left alone.
 */
public final class CorrectUnknown {
  private final JdbcClient jdbc;
  private final UnknownAttempts attempts;
  private final Outbox outbox;
  private final OutcomeMeters meters;
  private final InstantSource clock;

  CorrectUnknown(
      JdbcClient jdbc,
      UnknownAttempts attempts,
      Outbox outbox,
      OutcomeMeters meters,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.attempts = attempts;
    this.outbox = outbox;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * The provider has it, whatever became of it there; tells whether that was news. What comes of a
   * message later is an engagement, as for one whose answer was not lost, so the order in which a
   * provider tells does not matter.
   */
  public boolean accepted(UUID business, UUID attempt, String reason, String messageId) {
    if (!attempts.told(business, attempt, reason, messageId)) {
      return false;
    }
    return published(correct(business, attempt, messageId));
  }

  /**
   * The provider has a message whose claim is past its deadline: its process died, and nobody has
   * settled it yet. A claim that may still be settled by its owner is left alone.
   */
  public boolean acceptedOverdue(UUID business, UUID touch, UUID attempt, String messageId) {
    return published(settleOverdue(business, touch, attempt, messageId));
  }

  private boolean published(Optional<StoredTouch> ended) {
    ended.ifPresent(
        touch -> {
          Outgoing fact = OutcomeFacts.of(touch);
          outbox.add(touch.id().business(), fact.topic(), fact.key(), fact.value());
          meters.count(List.of(touch));
        });
    return ended.isPresent();
  }

  /** Empty where the touch has a later attempt. */
  private Optional<StoredTouch> correct(UUID business, UUID attempt, String messageId) {
    return jdbc.sql(
            """
            UPDATE touches t
            SET state = 'accepted', reason = 'accepted', decided_at = :now, provider_message_id = :message
            FROM unknown_attempts u
            WHERE u.business_id = :business AND u.attempt_id = :attempt
              AND t.business_id = u.business_id AND t.touch_id = u.touch_id
              AND t.attempt_id = u.attempt_id AND t.state = 'unknown'
            RETURNING
            """
                + StoredTouches.COLUMNS)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("message", messageId)
        .param("business", business)
        .param("attempt", attempt)
        .query(StoredTouches.ROW)
        .optional();
  }

  /** The sweeper's own margin: whoever holds the claim has given it up by then. */
  private Optional<StoredTouch> settleOverdue(
      UUID business, UUID touch, UUID attempt, String messageId) {
    return jdbc.sql(
            """
            UPDATE touches t
            SET state = 'accepted', reason = 'accepted', decided_at = :now, provider_message_id = :message
            WHERE t.business_id = :business AND t.touch_id = :touch AND t.attempt_id = :attempt
              AND t.state = 'claimed' AND t.deadline < now() - interval '5 seconds'
            RETURNING
            """
                + StoredTouches.COLUMNS)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("message", messageId)
        .param("business", business)
        .param("touch", touch)
        .param("attempt", attempt)
        .query(StoredTouches.ROW)
        .optional();
  }
}
