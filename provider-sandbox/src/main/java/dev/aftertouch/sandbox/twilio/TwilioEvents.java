package dev.aftertouch.sandbox.twilio;

import dev.aftertouch.sandbox.clock.SharedClock;
import dev.aftertouch.sandbox.ledger.Ledger;
import dev.aftertouch.sandbox.ledger.LedgerEntry;
import dev.aftertouch.sandbox.ledger.Outcome;
import dev.aftertouch.sandbox.messages.Digests;
import dev.aftertouch.sandbox.messages.Message;
import dev.aftertouch.sandbox.messages.Messages;
import dev.aftertouch.sandbox.messages.Provider;
import dev.aftertouch.sandbox.webhooks.Targets;
import dev.aftertouch.sandbox.webhooks.TwilioSignature;
import dev.aftertouch.sandbox.webhooks.Webhook;
import dev.aftertouch.sandbox.webhooks.Webhooks;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio tells: the status of a text to the URL given with it, and incoming texts to the
 * configured URL, both form-encoded and signed.
 */
public final class TwilioEvents {
  private final Settings settings;
  private final TwilioSignature signature;
  private final Webhooks webhooks;
  private final OptOuts optOuts;
  private final Messages messages;
  private final Ledger ledger;
  private final SharedClock clock;

  /**
   * @param inboundTarget null where nobody listens; may hold names of tags of the message that is
   *     answered
   * @param account for texts that answer nothing
   * @param deliverAfter null where nothing is delivered by itself
   */
  public record Settings(
      @Nullable String inboundTarget,
      String authToken,
      String account,
      @Nullable Duration deliverAfter) {}

  public TwilioEvents(
      Settings settings,
      Webhooks webhooks,
      OptOuts optOuts,
      Messages messages,
      Ledger ledger,
      SharedClock clock) {
    this.settings = settings;
    this.signature = new TwilioSignature(settings.authToken());
    this.webhooks = webhooks;
    this.optOuts = optOuts;
    this.messages = messages;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The text was just accepted: reports its way, where that is switched on. */
  void accepted(Message message) {
    Duration after = settings.deliverAfter();
    if (after != null) {
      tell(message, "queued", null);
      webhooks.later(
          () -> {
            tell(message, "sent", null);
            webhooks.later(() -> tell(message, "delivered", null), after.dividedBy(2));
          },
          after.dividedBy(2));
    }
  }

  /**
   * Notes the status and posts it to the text's own callback.
   *
   * @param errorCode Twilio's, for failed and undelivered
   */
  public void tell(Message message, String status, @Nullable String errorCode) {
    message.happened(status, clock.millis(), errorCode);
    String callback = message.header().statusCallback();
    CallbackAddress address = callback == null ? null : CallbackAddress.parse(callback);
    if (address == null) {
      return;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("MessageSid", message.id());
    parameters.put("SmsSid", message.id());
    parameters.put("MessageStatus", status);
    parameters.put("SmsStatus", status);
    parameters.put("AccountSid", message.header().account());
    parameters.put("From", message.header().from());
    parameters.put("To", message.header().to().getFirst());
    parameters.put("ApiVersion", TwilioApi.VERSION);
    if (message.header().sender().startsWith("MG")) {
      parameters.put("MessagingServiceSid", message.header().sender());
    }
    if (errorCode != null) {
      parameters.put("ErrorCode", errorCode);
    }
    post(message.id(), status, address, parameters);
  }

  /**
   * The customer answers a text. Returns the incoming text.
   *
   * @param lost whether its webhook never gets through
   */
  public Message reply(Message answered, String body, boolean lost) {
    Message.Header header = answered.header();
    String customer = header.inbound() ? header.from() : header.to().getFirst();
    String us = header.inbound() ? header.to().getFirst() : header.from();
    return receive(customer, us, header.sender(), header.account(), header.tags(), body, lost);
  }

  /** A customer writes on his own to one of our numbers. Returns the incoming text. */
  public Message receive(String customer, String us, String body) {
    return receive(customer, us, us, settings.account(), Map.of(), body, false);
  }

  private Message receive(
      String customer,
      String us,
      String sender,
      String account,
      Map<String, String> tags,
      String body,
      boolean lost) {
    OptOuts.Keyword keyword = OptOuts.keyword(body);
    optOuts.heard(keyword, sender, customer);
    byte[] raw = body.getBytes(StandardCharsets.UTF_8);
    Message message =
        new Message(
            new Message.Header(
                Provider.TWILIO,
                Sids.message(),
                account,
                customer,
                sender,
                List.of(us),
                "",
                tags,
                clock.millis(),
                null,
                true),
            raw);
    message.happened("received", clock.millis(), keyword == null ? null : keyword.name());
    messages.add(message);
    ledger.append(
        new LedgerEntry(
            Provider.TWILIO,
            message.id(),
            null,
            Digests.sha256(raw),
            us,
            customer,
            Map.of(OptOuts.SENDER, sender),
            Outcome.RECEIVED,
            keyword == null ? null : keyword.name()),
        () -> {
          if (!lost) {
            postReceived(message, body, keyword);
          }
        });
    return message;
  }

  private void postReceived(Message message, String body, OptOuts.@Nullable Keyword keyword) {
    URI target = Targets.fill(settings.inboundTarget(), message.header().tags());
    CallbackAddress address = target == null ? null : CallbackAddress.parse(target.toString());
    if (address == null) {
      return;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("MessageSid", message.id());
    parameters.put("SmsSid", message.id());
    parameters.put("SmsMessageSid", message.id());
    parameters.put("AccountSid", message.header().account());
    parameters.put("From", message.header().from());
    parameters.put("To", message.header().to().getFirst());
    parameters.put("Body", body);
    parameters.put("NumMedia", "0");
    parameters.put("NumSegments", Integer.toString(Segments.of(body)));
    parameters.put("SmsStatus", "received");
    parameters.put("ApiVersion", TwilioApi.VERSION);
    if (message.header().sender().startsWith("MG")) {
      parameters.put("MessagingServiceSid", message.header().sender());
    }
    if (keyword != null) {
      parameters.put("OptOutType", keyword.name());
    }
    post(message.id(), "received", address, parameters);
  }

  private void post(
      String messageId, String what, CallbackAddress address, Map<String, String> parameters) {
    String body =
        parameters.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    List<String> headers =
        List.of(
            "content-type",
            "application/x-www-form-urlencoded; charset=utf-8",
            "x-twilio-signature",
            signature.sign(address.url().toString(), parameters));
    webhooks.post(
        new Webhook(
            messageId,
            what,
            address.url(),
            () -> headers,
            body.getBytes(StandardCharsets.UTF_8),
            address.retries()),
        Duration.ZERO);
  }
}
