package dev.aftertouch.dispatch.webhooks;

import dev.aftertouch.dispatch.breaking.Complaints;
import dev.aftertouch.dispatch.links.FollowLink;
import dev.aftertouch.dispatch.messages.Engagements;
import dev.aftertouch.dispatch.messages.Engagements.Happening;
import dev.aftertouch.dispatch.messages.SentMessage;
import dev.aftertouch.dispatch.messages.SentMessages;
import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.dispatch.settling.CorrectUnknown;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.dispatch.suppressing.SuppressionReason;
import dev.aftertouch.dispatch.webhooks.WebhookInbox.Received;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.facts.EngagementKind;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Resend's events (https://resend.com/docs/webhooks/event-types). Opens never stop anything. */
@Component
final class ResendEvents {
  private static final String SOURCE = "resend";

  private final JsonMapper json = JsonMapper.builder().build();
  private final SentMessages messages;
  private final Engagements engagements;
  private final RecordStops stops;
  private final FollowLink links;
  private final Complaints complaints;
  private final CorrectUnknown unknown;

  ResendEvents(
      SentMessages messages,
      Engagements engagements,
      RecordStops stops,
      FollowLink links,
      Complaints complaints,
      CorrectUnknown unknown) {
    this.messages = messages;
    this.engagements = engagements;
    this.stops = stops;
    this.links = links;
    this.complaints = complaints;
    this.unknown = unknown;
  }

  /** Works one event in; a type that we do not know is kept and changes nothing. */
  Worked work(Received webhook, @Nullable UUID account) {
    JsonNode event;
    try {
      event = json.readTree(webhook.body());
    } catch (JacksonException notJson) {
      return Worked.DONE;
    }
    String type = event.path("type").asString("");
    EngagementKind kind = kind(type, event);
    if (kind == null) {
      return Worked.DONE;
    }
    JsonNode data = event.path("data");
    Optional<SentMessage> message = find(data, account);
    if (message.isEmpty()) {
      return Worked.WAITING;
    }
    settleDoubt(message.get(), data);
    Happening happening =
        new Happening(
            SOURCE + "/" + webhook.eventId(),
            kind,
            Channel.EMAIL,
            at(event.path("created_at"), webhook.receivedAt()));
    return work(message.get(), happening, data, webhook.eventId());
  }

  /** Any event of a message tells that Resend has it; only one whose ending is open asks for it. */
  private void settleDoubt(SentMessage message, JsonNode data) {
    if (!message.isOpen()) {
      return;
    }
    String id = data.path("email_id").asString("");
    UUID business = message.business();
    if (!unknown.accepted(business, message.attempt(), "webhook", id)) {
      unknown.acceptedOverdue(business, message.touch(), message.attempt(), id);
    }
  }

  private static @Nullable EngagementKind kind(String type, JsonNode event) {
    return switch (type) {
      case "email.delivered" -> EngagementKind.DELIVERED;
      case "email.opened" -> EngagementKind.OPENED;
      case "email.clicked" -> EngagementKind.CLICKED;
      case "email.bounced" ->
          isPermanent(event) ? EngagementKind.BOUNCED : EngagementKind.UNDELIVERED;
      case "email.complained" -> EngagementKind.COMPLAINED;
      case "email.failed" -> EngagementKind.UNDELIVERED;
      default -> null;
    };
  }

  /** A bounce of an unknown type counts as permanent: better one address too few. */
  private static boolean isPermanent(JsonNode event) {
    return !"Transient".equals(event.path("data").path("bounce").path("type").asString(""));
  }

  private Worked work(SentMessage message, Happening happening, JsonNode data, String eventId) {
    if (happening.kind() == EngagementKind.CLICKED) {
      JsonNode click = data.path("click");
      boolean gateMustKnow =
          links.told(
              message,
              click.path("link").asString(""),
              click.path("userAgent").asString(null),
              happening.at());
      return gateMustKnow ? Worked.STOPPED : Worked.DONE;
    }
    engagements.add(message, happening, null);
    if (happening.kind() == EngagementKind.COMPLAINED) {
      complaints.add(message.business(), message.touch(), Channel.EMAIL, happening.at());
    }
    String address = message.address();
    if (address == null) {
      return Worked.DONE;
    }
    Cause cause = new Cause(eventId, SOURCE, happening.at());
    Address recipient = Address.email(message.business(), address);
    return switch (happening.kind()) {
      case BOUNCED -> {
        stops.suppress(
            recipient, SuppressionReason.BOUNCED, StopReason.EMAIL_BOUNCED, Channel.EMAIL, cause);
        yield Worked.STOPPED;
      }
      case COMPLAINED -> {
        stops.suppress(
            recipient, SuppressionReason.COMPLAINED, StopReason.EMAIL_COMPLAINED, null, cause);
        yield Worked.STOPPED;
      }
      case UNKNOWN,
          DELIVERED,
          OPENED,
          CLICKED,
          REPLIED,
          OPTED_OUT,
          OPTED_IN,
          FEEDBACK_SUBMITTED,
          UNDELIVERED ->
          Worked.DONE;
    };
  }

  /** By our own ids in the tags, else by the provider's id in the send log (MT-19). */
  private Optional<SentMessage> find(JsonNode data, @Nullable UUID account) {
    UUID business = id(tag(data, "business_id"));
    UUID attempt = id(tag(data, "attempt_id"));
    Optional<SentMessage> found =
        business != null && attempt != null
            ? messages.ofAttempt(business, attempt)
            : messages.ofProviderMessage(ProviderName.RESEND, data.path("email_id").asString(""));
    return found.filter(message -> account == null || account.equals(message.business()));
  }

  /** Tags come as an object, and in older events as a list of names and values. */
  private static JsonNode tag(JsonNode data, String name) {
    JsonNode tags = data.path("tags");
    if (tags.isObject()) {
      return tags.path(name);
    }
    for (JsonNode tag : tags) {
      if (tag.path("name").asString("").equals(name)) {
        return tag.path("value");
      }
    }
    return MissingNode.getInstance();
  }

  private static @Nullable UUID id(JsonNode node) {
    try {
      return node.isString() ? UUID.fromString(node.asString()) : null;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static Instant at(JsonNode node, Instant otherwise) {
    try {
      return Instant.parse(node.asString(""));
    } catch (DateTimeParseException unreadable) {
      return otherwise;
    }
  }
}
