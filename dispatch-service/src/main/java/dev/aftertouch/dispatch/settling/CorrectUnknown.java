package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.settling.UnknownAttempts.Resolution;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.outbox.Outbox;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes down what a provider says later of an attempt whose answer was lost, and publishes the
 * corrected outcome, all in the caller's transaction. Consumers replace an unknown outcome by it,
 * whichever comes first. An attempt that was never unknown, or whose word is known, is left alone.
 */
public final class CorrectUnknown {
  private final JdbcClient jdbc;
  private final UnknownAttempts attempts;
  private final ProviderStops stops;
  private final Outbox outbox;
  private final OutcomeMeters meters;
  private final InstantSource clock;

  CorrectUnknown(
      JdbcClient jdbc,
      UnknownAttempts attempts,
      ProviderStops stops,
      Outbox outbox,
      OutcomeMeters meters,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.attempts = attempts;
    this.stops = stops;
    this.outbox = outbox;
    this.meters = meters;
    this.clock = clock;
  }

  /** The provider has it; tells whether that was news. */
  public boolean accepted(UUID business, UUID attempt, String reason, String messageId) {
    return told(business, attempt, new Word(Resolution.ACCEPTED, reason, messageId, null));
  }

  /** The provider had it, and it failed for good; tells whether that was news. */
  public boolean rejected(
      UUID business, UUID attempt, String reason, String messageId, @Nullable String code) {
    return told(business, attempt, new Word(Resolution.REJECTED, reason, messageId, code));
  }

  private record Word(
      Resolution resolution, String reason, String messageId, @Nullable String code) {}

  private boolean told(UUID business, UUID attempt, Word word) {
    if (!attempts.told(business, attempt, word.resolution(), word.reason(), word.messageId())) {
      return false;
    }
    Optional<StoredTouch> corrected = correct(business, attempt, word);
    corrected.ifPresent(
        touch -> {
          Outgoing fact = OutcomeFacts.of(touch);
          outbox.add(business, fact.topic(), fact.key(), fact.value());
          stops.record(List.of(touch));
          meters.count(List.of(touch));
        });
    return corrected.isPresent();
  }

  /** Empty where the touch has a later attempt. */
  private Optional<StoredTouch> correct(UUID business, UUID attempt, Word word) {
    boolean accepted = word.resolution() == Resolution.ACCEPTED;
    return jdbc.sql(
            """
            UPDATE touches t
            SET state = :state, reason = :reason, decided_at = :now, provider_message_id = :message, provider_code = :code
            FROM unknown_attempts u
            WHERE u.business_id = :business AND u.attempt_id = :attempt
              AND t.business_id = u.business_id AND t.touch_id = u.touch_id
              AND t.attempt_id = u.attempt_id AND t.state = 'unknown'
            RETURNING
            """
                + StoredTouches.COLUMNS)
        .param("state", (accepted ? TouchState.ACCEPTED : TouchState.REJECTED).code())
        .param("reason", accepted ? "accepted" : "rejected_by_provider")
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("message", word.messageId())
        .param("code", word.code())
        .param("business", business)
        .param("attempt", attempt)
        .query(StoredTouches.ROW)
        .optional();
  }
}
