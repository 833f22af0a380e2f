package dev.aftertouch.sandbox.twilio;

import dev.aftertouch.sandbox.http.BadRequest;
import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.http.Reply;
import dev.aftertouch.sandbox.http.Request;
import dev.aftertouch.sandbox.messages.Message;
import dev.aftertouch.sandbox.messages.Messages;
import dev.aftertouch.sandbox.messages.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Texts as Twilio shows them, single and listed. Only those still in the inbox can be listed: the
 * last 20,000 messages by default.
 */
final class MessageList {
  private static final DateTimeFormatter RFC_2822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final Set<String> NOT_SENT_YET = Set.of("queued", "accepted", "failed");

  private static volatile Second lastSecond = new Second(Long.MIN_VALUE, "");

  private record Second(long second, String written) {}

  private MessageList() {}

  /** {@code GET Messages.json?To=&From=&DateSent=&DateSent>=&DateSent<=&PageSize=&Page=}. */
  static Reply answer(String account, Request request, Messages messages) {
    Request.Parameters query = request.query();
    int size = (int) Math.clamp(query.number("PageSize", 50), 1, 1000);
    int page = (int) Math.clamp(query.number("Page", 0), 0, 1_000_000);
    List<Message> found;
    try {
      found = messages.newest(wanted(account, query), page * size, size + 1);
    } catch (BadRequest badDate) {
      return new TwilioProblem(400, 20001, badDate.getMessage()).reply();
    }
    List<Message> shown = found.subList(0, Math.min(size, found.size()));
    String next = found.size() > size ? request.path() + "?" + rest(request, page + 1) : null;
    return Reply.json(
        200,
        Json.object(
            json -> {
              json.writeArrayPropertyStart("messages");
              for (Message message : shown) {
                json.writeStartObject();
                write(json, message, new String(message.raw(), StandardCharsets.UTF_8));
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeNumberProperty("page", page);
              json.writeNumberProperty("page_size", size);
              json.writeStringProperty("uri", request.uri());
              json.writeStringProperty("next_page_uri", next);
            }));
  }

  private static String rest(Request request, int page) {
    int question = request.uri().indexOf('?');
    String query = question < 0 ? "" : request.uri().substring(question + 1);
    String kept = query.replaceAll("(^|&)Page=[^&]*", "");
    return (kept.isEmpty() ? "" : kept + "&") + "Page=" + page;
  }

  private static Predicate<Message> wanted(String account, Request.Parameters query) {
    String to = query.get("To");
    String from = query.get("From");
    long after = Math.max(start(query.get("DateSent>")), start(query.get("DateSent")));
    long before = Math.min(end(query.get("DateSent<")), end(query.get("DateSent")));
    return message -> {
      Message.Header header = message.header();
      return header.provider() == Provider.TWILIO
          && header.account().equals(account)
          && (to == null || header.to().contains(to))
          && (from == null || header.from().equals(from))
          && header.at() >= after
          && header.at() <= before;
    };
  }

  private static long start(@Nullable String date) {
    return date == null ? Long.MIN_VALUE : parse(date, 0);
  }

  private static long end(@Nullable String date) {
    return date == null ? Long.MAX_VALUE : parse(date, 1);
  }

  /** A day, or an instant; a day ends {@code days} later. */
  private static long parse(String date, int days) {
    try {
      return date.length() > 10
          ? Instant.parse(date).toEpochMilli()
          : LocalDate.parse(date).plusDays(days).atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1000
              - days;
    } catch (DateTimeParseException notADate) {
      throw new BadRequest("Invalid DateSent: " + date);
    }
  }

  static byte[] resource(Message message, String body) {
    return Json.object(json -> write(json, message, body));
  }

  private static void write(JsonGenerator json, Message message, String body) {
    Message.Header header = message.header();
    boolean service = header.sender().startsWith("MG");
    String status =
        message.lastHappening(header.inbound() ? "received" : service ? "accepted" : "queued");
    String created = date(Math.floorDiv(header.at(), 1000));
    String path = TwilioApi.PREFIX + header.account() + "/Messages/" + message.id();
    json.writeStringProperty("sid", message.id());
    json.writeStringProperty("account_sid", header.account());
    json.writeStringProperty("api_version", TwilioApi.VERSION);
    json.writeStringProperty("messaging_service_sid", service ? header.sender() : null);
    json.writeStringProperty("from", header.from());
    json.writeStringProperty("to", header.to().getFirst());
    json.writeStringProperty("body", body);
    json.writeStringProperty("status", status);
    json.writeStringProperty("direction", header.inbound() ? "inbound" : "outbound-api");
    json.writeStringProperty("num_segments", Integer.toString(Segments.of(body)));
    json.writeStringProperty("num_media", "0");
    json.writeStringProperty("date_created", created);
    json.writeStringProperty("date_updated", created);
    json.writeStringProperty("date_sent", NOT_SENT_YET.contains(status) ? null : created);
    json.writeNullProperty("price");
    json.writeStringProperty("price_unit", "USD");
    writeError(json, message);
    json.writeStringProperty("uri", path + ".json");
    json.writeObjectPropertyStart("subresource_uris");
    json.writeStringProperty("media", path + "/Media.json");
    json.writeEndObject();
  }

  /** A second's date serves all texts of that second. */
  private static String date(long second) {
    Second known = lastSecond;
    if (known.second() != second) {
      known = new Second(second, RFC_2822.format(Instant.ofEpochSecond(second)));
      lastSecond = known;
    }
    return known.written();
  }

  private static void writeError(JsonGenerator json, Message message) {
    List<Message.Happening> happenings = message.happenings();
    String code = happenings.isEmpty() ? null : happenings.getLast().detail();
    if (code != null && code.matches("[0-9]{5}")) {
      json.writeNumberProperty("error_code", Integer.parseInt(code));
      json.writeStringProperty("error_message", "See https://www.twilio.com/docs/errors/" + code);
    } else {
      json.writeNullProperty("error_code");
      json.writeNullProperty("error_message");
    }
  }
}
