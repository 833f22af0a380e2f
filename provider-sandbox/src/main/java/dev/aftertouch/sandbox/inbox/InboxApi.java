package dev.aftertouch.sandbox.inbox;

import dev.aftertouch.sandbox.http.BadRequest;
import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.http.Reply;
import dev.aftertouch.sandbox.http.Request;
import dev.aftertouch.sandbox.messages.Content;
import dev.aftertouch.sandbox.messages.Message;
import dev.aftertouch.sandbox.messages.Messages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * The inbox as JSON: {@code GET /sandbox/messages?to=&provider=&limit=}, {@code GET
 * /sandbox/messages/{id}}, {@code POST /sandbox/messages/{id}/{action}}, {@code POST
 * /sandbox/inbound}.
 */
public final class InboxApi {
  public static final String PATH = "/sandbox/messages";

  /** Mail may show pictures, and its links open new windows; it runs nothing. */
  private static final String MAIL_POLICY =
      "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; sandbox"
          + " allow-popups allow-popups-to-escape-sandbox";

  private final Messages messages;
  private final Actions actions;

  public InboxApi(Messages messages, Actions actions) {
    this.messages = messages;
    this.actions = actions;
  }

  public Reply handle(Request request) {
    String rest = request.path().substring(PATH.length());
    if (rest.isEmpty() || rest.equals("/")) {
      return switch (request.method()) {
        case "GET" -> list(request.query());
        case "DELETE" -> {
          messages.clear();
          yield list(request.query());
        }
        default -> Reply.problem(405, "Use GET or DELETE.");
      };
    }
    String[] parts = rest.substring(1).split("/", 2);
    Message message = messages.find(parts[0]);
    if (message == null) {
      return Reply.problem(404, "There is no message " + parts[0] + " in the inbox (any more).");
    }
    String action = parts.length > 1 ? parts[1] : "";
    return switch (request.method()) {
      case "GET" -> action.equals("html") ? html(message) : one(message);
      case "POST" -> act(message, action, fields(request.body()));
      default -> Reply.problem(405, "Use GET or POST.");
    };
  }

  /** {@code POST /sandbox/inbound {"from", "to", "body"}}: a customer writes on his own. */
  public Reply inbound(Request request) {
    Map<String, String> given = fields(request.body());
    return answer(actions.write(given.get("from"), given.get("to"), given.get("body")));
  }

  private Reply act(Message message, String action, Map<String, String> given) {
    if (action.equals("reply")) {
      boolean lost = "true".equals(given.get("lost"));
      return answer(actions.reply(message, given.get("body"), lost));
    }
    String detail = action.equals("clicked") ? given.get("link") : given.get("reason");
    return answer(actions.act(message, action, detail));
  }

  private static Reply answer(Actions.Result result) {
    return switch (result) {
      case Actions.Result.Done done -> one(done.message());
      case Actions.Result.NotPossible refused -> Reply.problem(409, refused.why());
    };
  }

  private static Map<String, String> fields(byte[] body) {
    if (body.length == 0) {
      return Map.of();
    }
    try (JsonParser json = Json.parser(body)) {
      json.nextToken();
      return Json.readMap(json);
    } catch (JacksonException broken) {
      throw new BadRequest("The body is not JSON: " + broken.getOriginalMessage());
    }
  }

  private Reply list(Request.Parameters query) {
    Search search = Search.of(query);
    int limit = (int) Math.clamp(query.number("limit", 50), 1, 1000);
    List<Message> found = messages.newest(search, 0, limit);
    return Reply.json(
        200,
        Json.object(
            json -> {
              json.writeNumberProperty("total", messages.count(search));
              json.writeArrayPropertyStart("messages");
              for (Message message : found) {
                json.writeStartObject();
                writeHeader(json, message);
                json.writeEndObject();
              }
              json.writeEndArray();
            }));
  }

  private static Reply one(Message message) {
    Content content = Content.of(message);
    return Reply.json(
        200,
        Json.object(
            json -> {
              writeHeader(json, message);
              json.writeStringProperty("html", content.html());
              json.writeStringProperty("text", content.text());
              Json.writeMap(json, "headers", content.headers());
              Json.writeStrings(json, "links", content.links());
              json.writeArrayPropertyStart("happenings");
              for (Message.Happening happening : message.happenings()) {
                json.writeStartObject();
                json.writeStringProperty("what", happening.what());
                json.writeNumberProperty("at", happening.at());
                json.writeStringProperty("detail", happening.detail());
                json.writeEndObject();
              }
              json.writeEndArray();
            }));
  }

  private static void writeHeader(JsonGenerator json, Message message) {
    Message.Header header = message.header();
    json.writeStringProperty("id", message.id());
    json.writeStringProperty("provider", header.provider().label());
    json.writeStringProperty("direction", header.inbound() ? "inbound" : "outbound");
    json.writeStringProperty("from", header.from());
    Json.writeStrings(json, "to", header.to());
    json.writeStringProperty("subject", subject(message));
    json.writeNumberProperty("at", header.at());
    json.writeStringProperty("status", message.lastHappening("accepted"));
    Json.writeMap(json, "tags", header.tags());
  }

  static @Nullable String subject(Message message) {
    String subject = message.header().subject();
    return subject.contains("=?") ? Content.of(message).subject() : subject;
  }

  private static Reply html(Message message) {
    Content content = Content.of(message);
    String html = content.html();
    String page =
        html != null
            ? "<base target=\"_blank\">" + html
            : "<pre style=\"white-space:pre-wrap;font:15px/1.5 system-ui\">"
                + Html.escape(content.text() == null ? "" : content.text())
                + "</pre>";
    return new Reply.Answer(
        200,
        "text/html; charset=utf-8",
        page.getBytes(StandardCharsets.UTF_8),
        List.of("content-security-policy", MAIL_POLICY, "referrer-policy", "no-referrer"));
  }
}
