package dev.aftertouch.dispatch.sending;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's {@code POST /2010-04-01/Accounts/{sid}/Messages.json}. It has no idempotency key, and
 * sends are not idempotent (https://www.twilio.com/docs/errors/20500): one try, and a lost answer
 * stays unknown. The ids travel in the status callback's URL, whose query Twilio signs.
 */
final class TwilioProvider implements Provider {
  private static final String FORM = "application/x-www-form-urlencoded; charset=ISO-8859-1";

  /**
   * Three retries of a status callback, after any failure: without it there is one, and only where
   * no connection came about. A fragment, so neither sent nor signed
   * (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
   */
  private static final String RETRIES = encode("#rc=3&rp=all");

  private static final String ATTEMPT = encode("&attempt=");
  private static final String TOUCH = encode("&touch=");
  private static final String ROUND = encode("&round=");

  private static final String VALIDITY = "&ValidityPeriod=";

  private final ProvidersProperties.@Nullable Twilio account;
  private final HttpCalls http;
  private final @Nullable URI messages;

  /** The status callback up to the id of the business, encoded once for all texts. */
  private final String statusCallback;

  private final String authorization;

  TwilioProvider(ProvidersProperties.@Nullable Twilio account, URI publicUrl, HttpCalls http) {
    this.account = account;
    this.statusCallback =
        account == null
            ? ""
            : encode(publicUrl + "/w/twilio/" + account.endpoint() + "/status?business=");
    this.http = http;
    this.messages = account == null ? null : TwilioAccount.messages(account);
    this.authorization = account == null ? "" : TwilioAccount.authorization(account);
  }

  @Override
  public ProviderName name() {
    return ProviderName.TWILIO;
  }

  @Override
  public boolean isConfigured() {
    return account != null && !account.accountSid().isBlank() && !account.authToken().isBlank();
  }

  @Override
  public byte[] freeze(Message message) {
    if (!(message instanceof Message.Text text) || account == null) {
      throw new IllegalArgumentException("Twilio takes texts only, once it is configured");
    }
    Message.Ids ids = text.ids();
    String form =
        "To="
            + encode(text.to())
            + "&From="
            + encode(text.from())
            + "&Body="
            + encode(text.body())
            + "&StatusCallback="
            + statusCallback
            + ids.business()
            + ATTEMPT
            + ids.attempt()
            + TOUCH
            + ids.touch()
            + ROUND
            + ids.round()
            + RETRIES
            + VALIDITY
            + text.validitySeconds();
    return form.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] freezeAgain(
      byte[] frozen, Message.Ids earlier, Message.Ids ids, int validitySeconds) {
    String form = new String(frozen, StandardCharsets.US_ASCII);
    String callback =
        form.substring(form.lastIndexOf("&StatusCallback="), form.lastIndexOf(VALIDITY))
            .replace(earlier.attempt().toString(), ids.attempt().toString())
            .replace(ROUND + earlier.round(), ROUND + ids.round());
    return (form.substring(0, form.lastIndexOf("&StatusCallback="))
            + callback
            + VALIDITY
            + validitySeconds)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void handOver(Parcel parcel, Duration timeout, Consumer<ProviderAnswer> done) {
    if (messages == null) {
      done.accept(new ProviderAnswer.NotHandedOver("not_configured"));
      return;
    }
    http.post(
        messages,
        Map.of("Authorization", authorization),
        FORM,
        parcel.message().body(),
        timeout,
        result -> done.accept(read(result)));
  }

  private static ProviderAnswer read(HttpCalls.Result result) {
    return switch (result) {
      case HttpCalls.Result.NotWritten(var reason) -> new ProviderAnswer.NotHandedOver(reason);
      case HttpCalls.Result.Lost(var reason) -> new ProviderAnswer.Unknown(reason);
      case HttpCalls.Result.Answer answer -> read(answer);
    };
  }

  private static ProviderAnswer read(HttpCalls.Result.Answer answer) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return ProviderAnswer.Accepted.of(AnswerFields.text(answer.body(), "sid"));
    }
    if (status == 429) {
      return new ProviderAnswer.Throttled(answer.retryAfter());
    }
    String code = AnswerFields.text(answer.body(), "code");
    String reason = code == null ? "http_" + status : code;
    if (status == 401 || status == 403) {
      return new ProviderAnswer.Unauthorized(reason);
    }
    return status == 408 || status >= 500
        ? new ProviderAnswer.Unknown(reason)
        : new ProviderAnswer.Rejected(reason);
  }
}
