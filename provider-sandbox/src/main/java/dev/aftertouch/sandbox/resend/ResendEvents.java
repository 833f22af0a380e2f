package dev.aftertouch.sandbox.resend;

import dev.aftertouch.sandbox.clock.SharedClock;
import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.messages.Message;
import dev.aftertouch.sandbox.webhooks.SvixSignature;
import dev.aftertouch.sandbox.webhooks.Targets;
import dev.aftertouch.sandbox.webhooks.Webhook;
import dev.aftertouch.sandbox.webhooks.Webhooks;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What Resend tells about an e-mail, signed as Svix does.
 *
 * @see <a href="https://resend.com/docs/webhooks/event-types">Resend: event types</a>
 */
public final class ResendEvents {
  private final Settings settings;
  private final Webhooks webhooks;
  private final SharedClock clock;

  /**
   * @param target null where nobody listens; may hold names of tags: {@code .../{business_id}}
   * @param deliverAfter null where nothing is delivered by itself
   * @param retryDelays between the attempts, real time
   */
  public record Settings(
      @Nullable String target,
      SvixSignature signature,
      @Nullable Duration deliverAfter,
      List<Duration> retryDelays) {}

  public ResendEvents(Settings settings, Webhooks webhooks, SharedClock clock) {
    this.settings = settings;
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /** The e-mail was just accepted: tells so, and of its delivery, where that is switched on. */
  void accepted(Message message) {
    Duration after = settings.deliverAfter();
    if (after != null) {
      tell(message, "sent", null);
      webhooks.later(() -> tell(message, "delivered", null), after);
    }
  }

  /**
   * Notes what happened and posts the webhook.
   *
   * @param what sent, delivered, opened, clicked, bounced, complained or failed
   * @param detail the link of a click, or the cause
   */
  public void tell(Message message, String what, @Nullable String detail) {
    message.happened(what, clock.millis(), detail);
    URI target = Targets.fill(settings.target(), message.header().tags());
    if (target == null) {
      return;
    }
    byte[] body = body(message, what, detail);
    String id = "msg_" + UUID.randomUUID().toString().replace("-", "");
    Webhook.Retries retries = new Webhook.Retries(settings.retryDelays(), Webhook.On.ANY_FAILURE);
    webhooks.post(
        new Webhook(message.id(), "email." + what, target, () -> headers(id, body), body, retries),
        Duration.ZERO);
  }

  private List<String> headers(String id, byte[] body) {
    long timestamp = Math.floorDiv(clock.millis(), 1000);
    return List.of(
        "content-type",
        "application/json",
        "svix-id",
        id,
        "svix-timestamp",
        Long.toString(timestamp),
        "svix-signature",
        settings.signature().sign(id, timestamp, body));
  }

  private byte[] body(Message message, String what, @Nullable String detail) {
    String now = clock.instant().toString();
    Message.Header header = message.header();
    return Json.object(
        json -> {
          json.writeStringProperty("type", "email." + what);
          json.writeStringProperty("created_at", now);
          json.writeObjectPropertyStart("data");
          json.writeStringProperty("created_at", Instant.ofEpochMilli(header.at()).toString());
          json.writeStringProperty("email_id", message.id());
          json.writeStringProperty("from", header.from());
          Json.writeStrings(json, "to", header.to());
          json.writeStringProperty("subject", header.subject());
          Json.writeMap(json, "tags", header.tags());
          particulars(what, detail, now).accept(json);
          json.writeEndObject();
        });
  }

  private static Consumer<JsonGenerator> particulars(
      String what, @Nullable String detail, String now) {
    return json -> {
      switch (what) {
        case "clicked" -> {
          json.writeObjectPropertyStart("click");
          json.writeStringProperty("ipAddress", "127.0.0.1");
          json.writeStringProperty("link", detail == null ? "" : detail);
          json.writeStringProperty("timestamp", now);
          json.writeStringProperty("userAgent", "Mozilla/5.0 (provider sandbox)");
          json.writeEndObject();
        }
        case "bounced" -> {
          json.writeObjectPropertyStart("bounce");
          json.writeStringProperty("message", detail == null ? "The mailbox is gone." : detail);
          json.writeStringProperty("subType", "General");
          json.writeStringProperty("type", "Permanent");
          json.writeEndObject();
        }
        case "failed" -> {
          json.writeObjectPropertyStart("failed");
          json.writeStringProperty("reason", detail == null ? "unknown" : detail);
          json.writeEndObject();
        }
        default -> {}
      }
    };
  }
}
