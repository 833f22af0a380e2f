package dev.aftertouch.dispatch.webhooks;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every verified webhook, once, as it came. */
@Component
final class WebhookInbox {
  /** What kind of webhook it is. */
  enum Kind {
    RESEND_EVENT("resend"),
    TWILIO_STATUS("twilio"),
    TWILIO_INBOUND("twilio");

    private final String provider;

    Kind(String provider) {
      this.provider = provider;
    }
  }

  /**
   * A webhook.
   *
   * @param endpoint token of the path
   * @param eventId the provider's, unique for the endpoint
   */
  record Received(
      Kind kind, String endpoint, String eventId, Instant receivedAt, String query, byte[] body) {}

  /** Tries until a webhook that fits no message is left alone: about two hours. */
  private static final int TRIES = 10;

  private final JdbcClient jdbc;

  WebhookInbox(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Stores it; false when it was there before. */
  boolean add(Received webhook) {
    return jdbc.sql(
                """
                INSERT INTO webhook_inbox (provider, endpoint, event_id, kind, received_at, query, body)
                VALUES (:provider, :endpoint, :event, :kind, :receivedAt, :query, :body)
                ON CONFLICT (provider, endpoint, event_id) DO NOTHING
                """)
            .param("provider", webhook.kind().provider)
            .param("endpoint", webhook.endpoint())
            .param("event", webhook.eventId())
            .param("kind", webhook.kind().name().toLowerCase(Locale.ROOT))
            .param("receivedAt", webhook.receivedAt().atOffset(ZoneOffset.UTC))
            .param("query", webhook.query())
            .param("body", webhook.body())
            .update()
        > 0;
  }

  /** It has been worked in. */
  void done(Received webhook) {
    jdbc.sql(
            """
            UPDATE webhook_inbox SET processed_at = now()
            WHERE provider = :provider AND endpoint = :endpoint AND event_id = :event
            """)
        .param("provider", webhook.kind().provider)
        .param("endpoint", webhook.endpoint())
        .param("event", webhook.eventId())
        .update();
  }

  /** It fits nothing yet: to be tried again, after growing pauses, and in the end left alone. */
  void waits(Received webhook) {
    jdbc.sql(
            """
            UPDATE webhook_inbox
            SET tries = tries + 1, next_try_at = now() + make_interval(secs => 5 * power(2, tries)),
                processed_at = CASE WHEN tries + 1 >= :tries THEN now() END
            WHERE provider = :provider AND endpoint = :endpoint AND event_id = :event
            """)
        .param("tries", TRIES)
        .param("provider", webhook.kind().provider)
        .param("endpoint", webhook.endpoint())
        .param("event", webhook.eventId())
        .update();
  }

  /** One that waits and may be tried now, locked against other instances. */
  Optional<Received> nextWaiting() {
    return jdbc.sql(
            """
            SELECT endpoint, event_id, kind, received_at, query, body FROM webhook_inbox
            WHERE processed_at IS NULL AND next_try_at <= now()
            ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """)
        .query(
            (row, number) ->
                new Received(
                    Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    row.getString("endpoint"),
                    row.getString("event_id"),
                    row.getTimestamp("received_at").toInstant(),
                    row.getString("query"),
                    row.getBytes("body")))
        .optional();
  }
}
