package dev.aftertouch.sandbox.inbox;

import dev.aftertouch.sandbox.clock.SharedClock;
import dev.aftertouch.sandbox.messages.Message;
import dev.aftertouch.sandbox.resend.ResendEvents;
import dev.aftertouch.sandbox.twilio.TwilioEvents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a customer, or the provider, can do with a message. */
public final class Actions {
  private static final List<String> ON_EMAIL =
      List.of("delivered", "opened", "clicked", "bounced", "complained", "failed");
  private static final List<String> ON_TEXT = List.of("delivered", "bounced", "failed");

  /** Twilio: unknown error of the carrier. */
  private static final String UNREACHABLE = "30003";

  private static final String CARRIER_ERROR = "30008";

  private final ResendEvents resend;
  private final TwilioEvents twilio;
  private final SharedClock clock;

  /** How it went. */
  public sealed interface Result {
    record Done(Message message) implements Result {}

    record NotPossible(String why) implements Result {}
  }

  public Actions(ResendEvents resend, TwilioEvents twilio, SharedClock clock) {
    this.resend = resend;
    this.twilio = twilio;
    this.clock = clock;
  }

  /**
   * Lets it happen and tells by webhook.
   *
   * @param detail the link for a click; a cause for bounced and failed
   */
  Result act(Message message, String action, @Nullable String detail) {
    if (message.header().inbound()) {
      return new Result.NotPossible("This text came from the customer.");
    }
    List<String> possible = message.isText() ? ON_TEXT : ON_EMAIL;
    if (!possible.contains(action)) {
      return new Result.NotPossible(
          (message.isText() ? "A text" : "An e-mail") + " can be " + String.join(", ", possible));
    }
    if (action.equals("clicked") && (detail == null || detail.isBlank())) {
      return new Result.NotPossible("Which link? {\"link\": \"https://...\"} is missing.");
    }
    switch (message.provider()) {
      case RESEND -> resend.tell(message, action, detail);
      case TWILIO -> tellTwilio(message, action, detail);
      case SMTP -> message.happened(action, clock.millis(), detail);
    }
    return new Result.Done(message);
  }

  private void tellTwilio(Message message, String action, @Nullable String detail) {
    switch (action) {
      case "bounced" -> twilio.tell(message, "undelivered", detail == null ? UNREACHABLE : detail);
      case "failed" -> twilio.tell(message, "failed", detail == null ? CARRIER_ERROR : detail);
      default -> twilio.tell(message, action, null);
    }
  }

  /**
   * The customer answers a text; an e-mail cannot be answered here.
   *
   * @param lost whether its webhook never gets through: only Twilio's list shows it
   */
  Result reply(Message message, @Nullable String body, boolean lost) {
    if (!message.isText()) {
      return new Result.NotPossible("Only a text can be answered here.");
    }
    return body == null || body.isBlank()
        ? new Result.NotPossible("An answer needs a body.")
        : new Result.Done(twilio.reply(message, body, lost));
  }

  /** A customer writes on his own. */
  Result write(@Nullable String from, @Nullable String to, @Nullable String body) {
    return from == null || to == null || body == null || body.isBlank()
        ? new Result.NotPossible("from, to and body are needed.")
        : new Result.Done(twilio.receive(from, to, body));
  }
}
