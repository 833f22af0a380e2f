package dev.aftertouch.local.demo;

import dev.aftertouch.local.process.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks JSON with the gateway as its owner, and with the sandbox as its customers. */
final class Api implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BROWSER =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1";
  private static final int PAGE = 200;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String gateway;
  private final String sandbox;
  private final Supplier<String> signIn;
  private String token;

  Api(String gateway, String sandbox, Supplier<String> signIn) {
    this.gateway = gateway;
    this.sandbox = sandbox;
    this.signIn = signIn;
    this.token = signIn.get();
  }

  JsonNode get(String path) {
    return asOwner("GET", path, "application/json", BodyPublishers.noBody());
  }

  JsonNode post(String path, Object body) {
    return asOwner(
        "POST", path, "application/json", BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  JsonNode postCsv(String path, String csv) {
    return asOwner("POST", path, "text/csv; charset=utf-8", BodyPublishers.ofString(csv));
  }

  /**
   * Items of a list with pages by number, until it ends or none of a page is wanted any more.
   *
   * @param path with a query, to which the page is added
   */
  List<JsonNode> items(String path, Predicate<JsonNode> wanted) {
    List<JsonNode> items = new ArrayList<>();
    for (int page = 0; ; page++) {
      JsonNode answer = get(path + "&page_size=" + PAGE + "&page=" + page);
      if (!take(answer.path("items"), wanted, items) || !answer.path("more").asBoolean(false)) {
        return items;
      }
    }
  }

  /** Likewise of the send log, whose pages go by offset. */
  List<JsonNode> messages(Predicate<JsonNode> wanted) {
    List<JsonNode> messages = new ArrayList<>();
    for (int offset = 0; ; offset += PAGE) {
      JsonNode page = get("/api/messages?limit=" + PAGE + "&offset=" + offset).path("messages");
      if (!take(page, wanted, messages) || page.size() < PAGE) {
        return messages;
      }
    }
  }

  JsonNode sandboxMessage(String id) {
    return read(send(request(sandbox + "/sandbox/messages/" + id).GET().build()), "the sandbox");
  }

  /** Something that a customer does with a message; false when the sandbox knows it no more. */
  boolean act(String messageId, String action, Object body) {
    return send(request(sandbox + "/sandbox/messages/" + messageId + "/" + action)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build())
            .statusCode()
        == 200;
  }

  /** Follows a link as a telephone's browser does, as far as the gateway's own answer. */
  boolean follow(String link) {
    return send(request(link).header("User-Agent", BROWSER).GET().build()).statusCode() < 400;
  }

  /** Presses the button of a page. */
  boolean submit(String link, String form) {
    return send(request(link)
                .header("User-Agent", BROWSER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build())
            .statusCode()
        < 400;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static boolean take(JsonNode page, Predicate<JsonNode> wanted, List<JsonNode> into) {
    int before = into.size();
    page.forEach(
        item -> {
          if (wanted.test(item)) {
            into.add(item);
          }
        });
    return into.size() > before;
  }

  private JsonNode asOwner(String method, String path, String type, BodyPublisher body) {
    HttpResponse<String> response = send(owners(method, path, type, body));
    if (response.statusCode() == 401) {
      token = signIn.get();
      response = send(owners(method, path, type, body));
    }
    return read(response, method + " " + path);
  }

  private HttpRequest owners(String method, String path, String type, BodyPublisher body) {
    return request(gateway + path)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", type)
        .header("Accept", "application/json")
        .method(method, body)
        .build();
  }

  private static JsonNode read(HttpResponse<String> response, String asked) {
    if (response.statusCode() / 100 != 2) {
      throw new Trouble(
          "%s was answered with %d: %s".formatted(asked, response.statusCode(), response.body()));
    }
    return JSON.readTree(response.body());
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Trouble("%s does not answer: see ./aftertouch status.".formatted(request.uri()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Trouble("Interrupted.");
    }
  }
}
