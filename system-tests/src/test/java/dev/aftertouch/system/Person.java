package dev.aftertouch.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A customer with addresses of his own, who reads his mail in the sandbox. */
record Person(String id, String email, String phone) {
  private static final AtomicInteger NUMBER = new AtomicInteger(1000);

  static Person anyone() {
    int number = NUMBER.incrementAndGet();
    return new Person("c-" + number, "c-" + number + "@customers.example", "+1303555" + number);
  }

  List<JsonNode> mails() {
    return outbound(email);
  }

  List<JsonNode> texts() {
    return outbound(phone);
  }

  private static List<JsonNode> outbound(String address) {
    String url =
        RunningSystem.shared().sandbox()
            + "/sandbox/messages?limit=50&to="
            + java.net.URLEncoder.encode(address, java.nio.charset.StandardCharsets.UTF_8);
    return Http.get(url)
        .orThrow()
        .json()
        .path("messages")
        .valueStream()
        .filter(m -> m.path("direction").asString().equals("outbound"))
        .toList();
  }

  JsonNode awaitMail(int count) {
    return detail(
        await("mail " + count)
            .atMost(Duration.ofSeconds(40))
            .until(this::mails, m -> m.size() >= count));
  }

  JsonNode awaitText(int count) {
    return detail(
        await("text " + count)
            .atMost(Duration.ofSeconds(40))
            .until(this::texts, m -> m.size() >= count));
  }

  private static JsonNode detail(List<JsonNode> newestFirst) {
    return Http.get(message(newestFirst.getFirst())).orThrow().json();
  }

  /** The first link of the message that holds the part, such as {@code /l/}. */
  static String link(JsonNode message, String part) {
    return message
        .path("links")
        .valueStream()
        .map(JsonNode::asString)
        .filter(l -> l.contains(part))
        .findFirst()
        .orElseThrow();
  }

  static void happen(JsonNode message, String what) {
    Http.postJson(message(message) + "/" + what, Json.object()).orThrow();
  }

  static void reply(JsonNode message, String text) {
    Http.postJson(message(message) + "/reply", Json.object().put("body", text)).orThrow();
  }

  private static String message(JsonNode message) {
    return RunningSystem.shared().sandbox() + "/sandbox/messages/" + message.path("id").asString();
  }
}
