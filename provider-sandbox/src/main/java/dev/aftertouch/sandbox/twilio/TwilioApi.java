package dev.aftertouch.sandbox.twilio;

import dev.aftertouch.sandbox.clock.SharedClock;
import dev.aftertouch.sandbox.faults.Fault;
import dev.aftertouch.sandbox.faults.Faults;
import dev.aftertouch.sandbox.http.Reply;
import dev.aftertouch.sandbox.http.Request;
import dev.aftertouch.sandbox.ledger.Ledger;
import dev.aftertouch.sandbox.ledger.LedgerEntry;
import dev.aftertouch.sandbox.ledger.Outcome;
import dev.aftertouch.sandbox.messages.Digests;
import dev.aftertouch.sandbox.messages.Message;
import dev.aftertouch.sandbox.messages.Messages;
import dev.aftertouch.sandbox.messages.Provider;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's Message resource. As the original, it knows no idempotency key: the same POST twice is
 * two texts.
 *
 * @see <a href="https://www.twilio.com/docs/messaging/api/message-resource">Twilio: Message</a>
 */
public final class TwilioApi {
  static final String VERSION = "2010-04-01";
  public static final String PREFIX = "/" + VERSION + "/Accounts/";

  private static final int MAX_BODY = 1600;
  private static final int MAX_VALIDITY_SECONDS = 36_000;

  /** Twilio's own test numbers. */
  private static final String ALWAYS_INVALID = "+15005550001";

  private static final String CANNOT_RECEIVE = "+15005550009";

  private final Settings settings;
  private final Faults faults;
  private final Ledger ledger;
  private final Messages messages;
  private final OptOuts optOuts;
  private final TwilioEvents events;
  private final SharedClock clock;

  /**
   * @param account the one that is known; null where any is
   * @param poolNumber what texts of a messaging service come from
   */
  public record Settings(@Nullable String account, String authToken, String poolNumber) {}

  public TwilioApi(
      Settings settings,
      Faults faults,
      Ledger ledger,
      Messages messages,
      OptOuts optOuts,
      TwilioEvents events,
      SharedClock clock) {
    this.settings = settings;
    this.faults = faults;
    this.ledger = ledger;
    this.messages = messages;
    this.optOuts = optOuts;
    this.events = events;
    this.clock = clock;
  }

  /** One text to send, while it is being decided. */
  private record Sending(
      String account,
      String to,
      String from,
      String sender,
      String body,
      @Nullable String statusCallback,
      Map<String, String> tags,
      String sha256) {}

  public void handle(Request request, Consumer<Reply> done) {
    String path = request.path().substring(PREFIX.length());
    int slash = path.indexOf('/');
    String account = slash < 0 ? path : path.substring(0, slash);
    String resource = slash < 0 ? "" : path.substring(slash);
    boolean known = credentialsAreGood(request, account);
    if (resource.equals("/Messages.json") && request.method().equals("POST")) {
      if (known) {
        send(account, request, done);
      } else {
        reject(unread(request), TwilioProblem.UNAUTHORIZED, done);
      }
    } else if (!known) {
      done.accept(TwilioProblem.UNAUTHORIZED.reply());
    } else if (resource.equals("/Messages.json") && request.method().equals("GET")) {
      done.accept(MessageList.answer(account, request, messages));
    } else if (resource.startsWith("/Messages/") && request.method().equals("GET")) {
      done.accept(find(account, resource));
    } else {
      done.accept(TwilioProblem.notFound(request.path()).reply());
    }
  }

  private void send(String account, Request request, Consumer<Reply> done) {
    Request.Parameters form = request.form();
    String service = form.get("MessagingServiceSid", "");
    String from = form.get("From", service.isEmpty() ? "" : settings.poolNumber());
    String callback = form.get("StatusCallback");
    Sending sending =
        new Sending(
            account,
            form.get("To", "").strip(),
            from,
            service.isEmpty() ? from : service,
            form.get("Body", ""),
            callback,
            CallbackAddress.tags(callback),
            Digests.sha256(request.body()));
    TwilioProblem problem = check(sending, form);
    if (problem != null) {
      reject(sending, problem, done);
      return;
    }
    Fault fault = faults.draw(Provider.TWILIO, sending.to());
    Fault.afterDelay(fault, () -> decide(sending, fault, done));
  }

  private @Nullable TwilioProblem check(Sending sending, Request.Parameters form) {
    String to = sending.to();
    String callback = sending.statusCallback();
    if (to.isEmpty()) {
      return new TwilioProblem(400, 21604, "A 'To' phone number is required.");
    }
    if (sending.from().isEmpty()) {
      return new TwilioProblem(400, 21603, "A 'From' phone number is required.");
    }
    if (sending.body().isEmpty()) {
      return new TwilioProblem(400, 21602, "Message body is required.");
    }
    if (sending.body().length() > MAX_BODY) {
      return new TwilioProblem(
          400, 21617, "The concatenated message body exceeds the 1600 character limit");
    }
    if (!isE164(to) || to.equals(ALWAYS_INVALID)) {
      return new TwilioProblem(400, 21211, "Invalid 'To' Phone Number: " + to);
    }
    if (to.equals(CANNOT_RECEIVE)) {
      return new TwilioProblem(400, 21614, "'To' number is not a valid mobile number");
    }
    if (callback != null && !CallbackAddress.isWeb(callback)) {
      return new TwilioProblem(400, 21609, "Invalid 'StatusCallback' url: " + callback);
    }
    long validity = form.number("ValidityPeriod", form.get("ValidityPeriod") == null ? 1 : -1);
    if (validity < 1 || validity > MAX_VALIDITY_SECONDS) {
      return new TwilioProblem(400, 20001, "ValidityPeriod must be between 1 and 36000");
    }
    if (optOuts.contains(sending.sender(), to)) {
      return new TwilioProblem(400, 21610, "Attempt to send to unsubscribed recipient");
    }
    return null;
  }

  /** A plus sign and 7 to 15 digits, the first of them not 0. */
  private static boolean isE164(String number) {
    if (number.length() < 8 || number.length() > 16 || number.charAt(0) != '+') {
      return false;
    }
    for (int i = 1; i < number.length(); i++) {
      char digit = number.charAt(i);
      if (digit < (i == 1 ? '1' : '0') || digit > '9') {
        return false;
      }
    }
    return true;
  }

  private void decide(Sending sending, @Nullable Fault fault, Consumer<Reply> done) {
    if (fault == null) {
      accept(sending, null, done, false);
      return;
    }
    String name = fault.kind().label();
    switch (fault.kind()) {
      case DELAY -> accept(sending, name, done, false);
      case SERVER_ERROR_AFTER_ACCEPT ->
          accept(sending, name, unused -> done.accept(TwilioProblem.SERVER_ERROR.reply()), true);
      case ACCEPT_THEN_CUT -> accept(sending, name, unused -> done.accept(new Reply.Cut()), true);
      case CUT_BEFORE ->
          ledger.append(entry(sending, "", Outcome.CUT, name), () -> done.accept(new Reply.Cut()));
      case TOO_MANY_REQUESTS -> reject(sending, TwilioProblem.TOO_MANY_REQUESTS, done);
      case SERVER_ERROR -> reject(sending, TwilioProblem.SERVER_ERROR, done);
      case UNAUTHORIZED -> reject(sending, TwilioProblem.UNAUTHORIZED, done);
    }
  }

  private void accept(
      Sending sending, @Nullable String reason, Consumer<Reply> done, boolean unseen) {
    Message message =
        new Message(
            new Message.Header(
                Provider.TWILIO,
                Sids.message(),
                sending.account(),
                sending.from(),
                sending.sender(),
                List.of(sending.to()),
                "",
                sending.tags(),
                clock.millis(),
                sending.statusCallback(),
                false),
            sending.body().getBytes(StandardCharsets.UTF_8));
    messages.add(message);
    try {
      ledger.append(
          entry(sending, message.id(), Outcome.ACCEPTED, reason),
          () ->
              done.accept(
                  unseen
                      ? new Reply.Cut()
                      : Reply.json(201, MessageList.resource(message, sending.body()))));
    } catch (UncheckedIOException ledgerBroken) {
      done.accept(TwilioProblem.SERVER_ERROR.reply());
      return;
    }
    events.accepted(message);
  }

  private void reject(Sending sending, TwilioProblem problem, Consumer<Reply> done) {
    ledger.append(
        entry(sending, "", Outcome.REJECTED, Integer.toString(problem.code())),
        () -> done.accept(problem.reply()));
  }

  private static LedgerEntry entry(
      Sending sending, String id, Outcome outcome, @Nullable String reason) {
    return new LedgerEntry(
        Provider.TWILIO,
        id,
        null,
        sending.sha256(),
        sending.to(),
        sending.from(),
        sending.tags(),
        outcome,
        reason);
  }

  private static Sending unread(Request request) {
    return new Sending("", "", "", "", "", null, Map.of(), Digests.sha256(request.body()));
  }

  private Reply find(String account, String resource) {
    String sid = resource.substring("/Messages/".length()).replace(".json", "");
    Message message = messages.find(sid);
    return message == null || !message.header().account().equals(account)
        ? TwilioProblem.notFound(PREFIX + account + resource).reply()
        : Reply.json(
            200, MessageList.resource(message, new String(message.raw(), StandardCharsets.UTF_8)));
  }

  /** Basic authorization with the account (or an API key) as user and the token as password. */
  private boolean credentialsAreGood(Request request, String account) {
    String given = request.header("authorization");
    if (given == null || !given.startsWith("Basic ") || !Sids.account(account)) {
      return false;
    }
    if (settings.account() != null && !settings.account().equals(account)) {
      return false;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(given.substring(6).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      boolean user = pair.startsWith(account + ":") || pair.startsWith("SK");
      return user && pair.endsWith(":" + settings.authToken());
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
