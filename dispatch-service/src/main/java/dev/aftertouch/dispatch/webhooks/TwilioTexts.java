package dev.aftertouch.dispatch.webhooks;

import dev.aftertouch.dispatch.messages.Engagements;
import dev.aftertouch.dispatch.messages.Engagements.Happening;
import dev.aftertouch.dispatch.messages.SentMessage;
import dev.aftertouch.dispatch.messages.SentMessages;
import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.reviewing.ReviewTexts;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.dispatch.suppressing.SuppressionReason;
import dev.aftertouch.dispatch.webhooks.WebhookInbox.Received;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.inbound.InboundText;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.facts.EngagementKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Texts from customers. The business is known by the number that was written to; where several
 * share it, a stop counts for all of them.
 */
@Component
final class TwilioTexts {
  private static final String SOURCE = "twilio";

  private final Businesses businesses;
  private final SentMessages messages;
  private final Engagements engagements;
  private final RecordStops stops;
  private final ReviewTexts reviews;

  TwilioTexts(
      Businesses businesses,
      SentMessages messages,
      Engagements engagements,
      RecordStops stops,
      ReviewTexts reviews) {
    this.businesses = businesses;
    this.reviews = reviews;
    this.messages = messages;
    this.engagements = engagements;
    this.stops = stops;
  }

  Worked work(Received webhook, @Nullable UUID account) {
    Form form = Form.parse(new String(webhook.body(), StandardCharsets.UTF_8));
    String from = form.text("From");
    String to = form.text("To");
    String body = form.text("Body");
    if (from == null || to == null || body == null) {
      return Worked.DONE;
    }
    List<UUID> addressed = account == null ? businesses.withSenderPhone(to) : List.of(account);
    if (addressed.isEmpty()) {
      return Worked.WAITING;
    }
    Worked worked = Worked.DONE;
    for (UUID business : addressed) {
      Worked here = work(Address.phone(business, from), body, webhook);
      worked = worked == Worked.DONE || here == Worked.OPTED_OUT ? here : worked;
    }
    return worked;
  }

  private Worked work(Address address, String body, Received webhook) {
    InboundText read = InboundText.read(body);
    return switch (read.meaning()) {
      case STOP -> {
        tell(address, EngagementKind.OPTED_OUT, webhook);
        boolean isNew =
            stops.suppress(
                address,
                SuppressionReason.OPTED_OUT,
                StopReason.OPTED_OUT_SMS,
                null,
                cause(webhook));
        yield isNew ? Worked.OPTED_OUT : Worked.STOPPED;
      }
      case START -> {
        if (stops.lift(address, cause(webhook))) {
          tell(address, EngagementKind.OPTED_IN, webhook);
          yield Worked.DONE;
        }
        yield read.rule().equals(InboundText.YES) ? replied(address, webhook) : Worked.DONE;
      }
      case HELP -> Worked.DONE;
      case DOUBT -> {
        tell(address, EngagementKind.REPLIED, webhook);
        reviews.queue(address, body, read, webhook.receivedAt());
        yield Worked.STOPPED;
      }
      case REPLY -> replied(address, webhook);
    };
  }

  private Worked replied(Address address, Received webhook) {
    tell(address, EngagementKind.REPLIED, webhook);
    for (UUID customer : stops.customersOf(address)) {
      stops.stopCustomer(address.business(), customer, StopReason.REPLIED, null, cause(webhook));
    }
    return Worked.STOPPED;
  }

  private static Cause cause(Received webhook) {
    return new Cause(webhook.eventId(), SOURCE, webhook.receivedAt());
  }

  /** Tied to the last text that the customer was sent, where there is one. */
  private void tell(Address address, EngagementKind kind, Received webhook) {
    Happening happening =
        new Happening(SOURCE + "/" + webhook.eventId(), kind, Channel.SMS, webhook.receivedAt());
    List<UUID> customers = stops.customersOf(address);
    Optional<SentMessage> answered = messages.newest(address.business(), customers, Channel.SMS);
    if (answered.isPresent()) {
      engagements.add(answered.get(), happening, null);
    } else {
      engagements.add(
          address.business(), customers.isEmpty() ? null : customers.getFirst(), happening);
    }
  }
}
