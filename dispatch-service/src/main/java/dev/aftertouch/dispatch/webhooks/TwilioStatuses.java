package dev.aftertouch.dispatch.webhooks;

import dev.aftertouch.dispatch.breaking.Complaints;
import dev.aftertouch.dispatch.messages.Engagements;
import dev.aftertouch.dispatch.messages.Engagements.Happening;
import dev.aftertouch.dispatch.messages.SentMessage;
import dev.aftertouch.dispatch.messages.SentMessages;
import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.dispatch.settling.CorrectUnknown;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.SuppressionReason;
import dev.aftertouch.dispatch.webhooks.WebhookInbox.Received;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.facts.EngagementKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Twilio's status callbacks. Delivered and undelivered are ends; queued, sent and the like, and
 * what we do not know, are kept and change nothing, so their order does not matter.
 */
@Component
final class TwilioStatuses {
  /** The recipient has opted out at Twilio: https://www.twilio.com/docs/api/errors/21610. */
  static final String OPTED_OUT = "21610";

  /** A carrier filtered it: https://www.twilio.com/docs/api/errors/30007. */
  private static final String FILTERED = "30007";

  private static final String SOURCE = "twilio";

  private final SentMessages messages;
  private final Engagements engagements;
  private final RecordStops stops;
  private final CorrectUnknown unknown;
  private final Complaints complaints;

  TwilioStatuses(
      SentMessages messages,
      Engagements engagements,
      RecordStops stops,
      CorrectUnknown unknown,
      Complaints complaints) {
    this.messages = messages;
    this.engagements = engagements;
    this.stops = stops;
    this.unknown = unknown;
    this.complaints = complaints;
  }

  Worked work(Received webhook, @Nullable UUID account) {
    Form form = Form.parse(new String(webhook.body(), StandardCharsets.UTF_8));
    Form query = Form.parse(webhook.query());
    settleDoubt(query, form, account);
    EngagementKind kind = kind(form.text("MessageStatus"));
    if (kind == null) {
      return Worked.DONE;
    }
    Optional<SentMessage> found = find(query, form, account);
    if (found.isEmpty()) {
      return Worked.WAITING;
    }
    SentMessage message = found.get();
    engagements.add(
        message,
        new Happening(SOURCE + "/" + webhook.eventId(), kind, Channel.SMS, webhook.receivedAt()),
        null);
    if (FILTERED.equals(form.text("ErrorCode"))) {
      complaints.add(message.business(), message.touch(), Channel.SMS, webhook.receivedAt());
    }
    String address = message.address();
    if (!OPTED_OUT.equals(form.text("ErrorCode")) || address == null) {
      return Worked.DONE;
    }
    stops.suppress(
        Address.phone(message.business(), address),
        SuppressionReason.BLOCKED_BY_PROVIDER,
        StopReason.OPTED_OUT_SMS,
        null,
        new RecordStops.Cause(webhook.eventId(), SOURCE, webhook.receivedAt()));
    return Worked.STOPPED;
  }

  /** Any status of an attempt whose answer was lost tells that Twilio has it, or had. */
  private void settleDoubt(Form query, Form form, @Nullable UUID account) {
    UUID business = query.id("business");
    UUID attempt = query.id("attempt");
    String sid = form.text("MessageSid");
    String status = form.text("MessageStatus");
    if (business == null
        || attempt == null
        || sid == null
        || status == null
        || (account != null && !account.equals(business))) {
      return;
    }
    unknown.accepted(business, attempt, "callback", sid);
  }

  private static @Nullable EngagementKind kind(@Nullable String status) {
    return switch (status) {
      case "delivered" -> EngagementKind.DELIVERED;
      case "undelivered", "failed", "canceled" -> EngagementKind.UNDELIVERED;
      case null, default -> null;
    };
  }

  private Optional<SentMessage> find(Form query, Form form, @Nullable UUID account) {
    UUID business = query.id("business");
    UUID attempt = query.id("attempt");
    String sid = form.text("MessageSid");
    Optional<SentMessage> found =
        business != null && attempt != null
            ? messages.ofAttempt(business, attempt)
            : messages.ofProviderMessage(ProviderName.TWILIO, sid == null ? "" : sid);
    return found.filter(message -> account == null || account.equals(message.business()));
  }
}
