package dev.aftertouch.dispatch.sending;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A rendered message before it is frozen into a provider's bytes. */
public sealed interface Message {
  /**
   * Ids that travel with the message to every provider and come back in webhooks.
   *
   * @param round of the touch, 0 at first; a touch is accepted in one of its rounds at most
   */
  record Ids(UUID business, UUID touch, int round, UUID attempt) {}

  /**
   * An e-mail.
   *
   * @param unsubscribeUrl for List-Unsubscribe and RFC 8058 one-click
   * @param writtenAt the Date header, where we write it ourselves
   */
  record Email(
      Ids ids,
      String fromName,
      String from,
      @Nullable String replyTo,
      String to,
      String subject,
      String html,
      String text,
      String unsubscribeUrl,
      Instant writtenAt)
      implements Message {}

  /**
   * A text message.
   *
   * @param validitySeconds after which the provider shall drop it rather than deliver it
   */
  record Text(Ids ids, String from, String to, String body, int validitySeconds)
      implements Message {}

  /** Ids of the message. */
  Ids ids();
}
