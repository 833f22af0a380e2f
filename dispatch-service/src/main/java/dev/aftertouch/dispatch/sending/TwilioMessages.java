package dev.aftertouch.dispatch.sending;

import dev.aftertouch.engine.gate.Doubts;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads Twilio's list of messages, newest first
 * (https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources).
 * Sends nothing.
 */
public final class TwilioMessages {
  /** What the list showed. */
  public sealed interface Answer<T> {
    /** Everything that was asked for. */
    record Listed<T>(List<T> messages) implements Answer<T> {}

    /** Twilio did not answer, or the list is too long to be read whole. */
    record Unanswered<T>(String why) implements Answer<T> {}
  }

  /** A text that a customer sent to one of our numbers. */
  public record Received(String sid, String from, String to, String body, Instant at) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> FAILED = Set.of("failed", "undelivered", "canceled");
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 20;

  private final ProvidersProperties.@Nullable Twilio account;
  private final Duration timeout;
  private final HttpCalls http;

  TwilioMessages(ProvidersProperties properties, HttpCalls http) {
    this.account = properties.twilio();
    this.timeout = properties.timeout();
    this.http = http;
  }

  /** Token of the webhook endpoint of the account; null when there is no account. */
  public @Nullable String endpoint() {
    return account == null ? null : account.endpoint();
  }

  /** The text that those bytes hand over. */
  public static Doubts.Frozen read(byte[] frozen, Instant at) {
    Map<String, String> form = new HashMap<>();
    for (String pair : new String(frozen, StandardCharsets.US_ASCII).split("&")) {
      int equals = pair.indexOf('=');
      form.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return new Doubts.Frozen(
        Objects.requireNonNull(form.get("From")),
        Objects.requireNonNull(form.get("To")),
        Objects.requireNonNull(form.get("Body")),
        at);
  }

  /**
   * What Twilio has from that number for that number since then. Not filtered by DateSent: a text
   * that waits in Twilio's queue has none.
   */
  public Answer<Doubts.Listed> sent(Doubts.Frozen text, Instant since) {
    return list("?From=" + encode(text.from()) + "&To=" + encode(text.to()), since, false)
            instanceof Answer.Listed<JsonNode>(var found)
        ? new Answer.Listed<>(found.stream().map(TwilioMessages::listed).toList())
        : new Answer.Unanswered<>("provider_unreachable");
  }

  /** What customers sent to that number since then, oldest first. */
  public Answer<Received> received(String number, Instant since) {
    String day = encode(since.truncatedTo(ChronoUnit.SECONDS).toString());
    return list("?To=" + encode(number) + "&DateSent%3E=" + day, since, true)
            instanceof Answer.Listed<JsonNode>(var found)
        ? new Answer.Listed<>(found.reversed().stream().map(TwilioMessages::received).toList())
        : new Answer.Unanswered<>("provider_unreachable");
  }

  private Answer<JsonNode> list(String query, Instant since, boolean inbound) {
    if (account == null) {
      return new Answer.Unanswered<>("not_configured");
    }
    List<JsonNode> found = new ArrayList<>();
    String next = TwilioAccount.messages(account) + query + "&PageSize=" + PAGE;
    try {
      for (int page = 0; page < MOST_PAGES; page++) {
        if (!(http.get(URI.create(next), authorization(account), timeout)
                instanceof HttpCalls.Result.Answer(var status, var retryAfter, var body))
            || status != 200) {
          return new Answer.Unanswered<>("no_answer");
        }
        JsonNode answer = JSON.readTree(body);
        boolean older = false;
        for (JsonNode message : answer.path("messages")) {
          older |= createdAt(message).isBefore(since);
          if (!createdAt(message).isBefore(since)
              && inbound == "inbound".equals(message.path("direction").asString(""))) {
            found.add(message);
          }
        }
        String rest = answer.path("next_page_uri").asString("");
        if (older || rest.isEmpty()) {
          return new Answer.Listed<>(found);
        }
        next = account.baseUrl() + rest;
      }
      return new Answer.Unanswered<>("list_too_long");
    } catch (JacksonException | DateTimeException | IllegalArgumentException malformed) {
      return new Answer.Unanswered<>("malformed");
    }
  }

  private static Map<String, String> authorization(ProvidersProperties.Twilio account) {
    return Map.of("Authorization", TwilioAccount.authorization(account));
  }

  private static Doubts.Listed listed(JsonNode message) {
    String code = message.path("error_code").asString("");
    return new Doubts.Listed(
        message.path("sid").asString(""),
        message.path("body").asString(""),
        createdAt(message),
        isFailed(message.path("status").asString("")),
        code.isEmpty() ? null : code);
  }

  /** Whether a message of that status came to nothing for good. */
  private static boolean isFailed(String status) {
    return FAILED.contains(status);
  }

  private static Received received(JsonNode message) {
    return new Received(
        message.path("sid").asString(""),
        message.path("from").asString(""),
        message.path("to").asString(""),
        message.path("body").asString(""),
        createdAt(message));
  }

  private static Instant createdAt(JsonNode message) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.parse(
        message.path("date_created").asString(""), Instant::from);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
