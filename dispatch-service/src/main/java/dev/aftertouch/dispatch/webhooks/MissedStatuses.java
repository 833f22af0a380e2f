package dev.aftertouch.dispatch.webhooks;

import dev.aftertouch.dispatch.sending.TwilioMessages;
import dev.aftertouch.dispatch.webhooks.WebhookInbox.Kind;
import dev.aftertouch.dispatch.webhooks.WebhookInbox.Received;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Works in what Twilio's list says of a text, as if its status callback had come. */
@Component
public final class MissedStatuses {
  private static final String STATUS = "undelivered";

  private final ReceiveWebhook receive;
  private final TwilioMessages twilio;
  private final InstantSource clock;

  MissedStatuses(ReceiveWebhook receive, TwilioMessages twilio, InstantSource clock) {
    this.receive = receive;
    this.twilio = twilio;
    this.clock = clock;
  }

  /** The text of that attempt came to nothing; the callback itself, if it comes, is a repeat. */
  public void undelivered(UUID business, UUID attempt, String sid, @Nullable String code) {
    String endpoint = Objects.requireNonNull(twilio.endpoint(), "a list without an account");
    String form =
        "MessageSid="
            + encode(sid)
            + "&MessageStatus="
            + STATUS
            + (code == null ? "" : "&ErrorCode=" + encode(code));
    receive.receive(
        new Received(
            Kind.TWILIO_STATUS,
            endpoint,
            sid + "/" + STATUS,
            clock.instant(),
            "business=" + business + "&attempt=" + attempt,
            form.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
