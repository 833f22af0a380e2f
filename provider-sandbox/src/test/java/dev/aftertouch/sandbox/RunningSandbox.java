package dev.aftertouch.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox on free ports, a listener for its webhooks, and a client that talks to both. */
final class RunningSandbox implements AutoCloseable {
  static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
  static final String OUR_NUMBER = "+15005550006";
  static final String CUSTOMER = "+12125550123";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  final ProviderSandbox sandbox;
  final List<Call> calls = new CopyOnWriteArrayList<>();

  /** How many of the next webhooks the listener answers with 503. */
  final AtomicInteger refuseNext = new AtomicInteger();

  private final HttpServer listener;
  private final HttpClient client = HttpClient.newHttpClient();

  record Call(String uri, Map<String, String> headers, String body) {
    JsonNode json() {
      return JSON.readTree(body);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    Map<String, String> form() {
      Map<String, String> form = new LinkedHashMap<>();
      for (String pair : body.split("&", -1)) {
        int equals = pair.indexOf('=');
        form.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
      return form;
    }
  }

  record Answer(int status, String body, Map<String, List<String>> headers) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    JsonNode json() {
      return JSON.readTree(body);
    }
  }

  RunningSandbox(String... options) throws IOException, InterruptedException {
    listener = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
    listener.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new LinkedHashMap<>();
          exchange
              .getRequestHeaders()
              .forEach(
                  (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          calls.add(new Call(exchange.getRequestURI().toString(), headers, body));
          boolean refused = refuseNext.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          exchange.sendResponseHeaders(refused ? 503 : 200, -1);
          exchange.close();
        });
    listener.start();
    List<String> all = new ArrayList<>();
    all.addAll(List.of("--port", "0", "--smtp-port", "0"));
    for (String option : options) {
      all.add(option.replace("LISTENER", listenerUrl()));
    }
    sandbox = ProviderSandbox.start(Settings.parse(all, Map.of()), InstantSource.system());
  }

  String listenerUrl() {
    return "http://127.0.0.1:" + listener.getAddress().getPort();
  }

  Answer send(String method, String path, String body, String... headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sandbox.httpPort() + path))
              .method(method, HttpRequest.BodyPublishers.ofString(body));
      if (headers.length > 0) {
        request.headers(headers);
      }
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), answer.headers().map());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  JsonNode get(String path) {
    return send("GET", path, "").json();
  }

  Answer email(String json) {
    return send("POST", "/emails", json, "Authorization", "Bearer re_test");
  }

  Answer email(String key, String json) {
    return send("POST", "/emails", json, "Authorization", "Bearer re_test", "Idempotency-Key", key);
  }

  Answer text(String to, String body, String... more) {
    List<String> fields = new ArrayList<>(List.of("To", to, "From", OUR_NUMBER, "Body", body));
    fields.addAll(List.of(more));
    return send("POST", messagesPath(), form(fields), twilioHeaders());
  }

  static String messagesPath() {
    return "/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";
  }

  static String[] twilioHeaders() {
    String pair = ACCOUNT + ":sandbox-auth-token";
    return new String[] {
      "Authorization",
      "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
      "Content-Type",
      "application/x-www-form-urlencoded"
    };
  }

  private static String form(List<String> fields) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < fields.size(); i += 2) {
      pairs.add(fields.get(i) + "=" + URLEncoder.encode(fields.get(i + 1), StandardCharsets.UTF_8));
    }
    return String.join("&", pairs);
  }

  JsonNode summary() {
    return get("/sandbox/ledger/summary");
  }

  /** The outcomes in the ledger, oldest first. */
  String outcomes() {
    return get("/sandbox/ledger")
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("outcome").asString())
        .collect(Collectors.joining(" "));
  }

  int accepted() {
    return summary().get("accepted").asInt();
  }

  static String simpleEmail(String to) {
    return """
        {"from": "Summit <hello@summit.example>", "to": ["%s"], "subject": "Thank you",
         "html": "<p>Hello <a href=\\"https://review.example/r?a=1&amp;b=2\\">review us</a></p>",
         "text": "Hello https://review.example/r?a=1&b=2.",
         "tags": [{"name": "touch_id", "value": "touch-1"}, {"name": "business_id", "value": "b-1"}]}
        """
        .formatted(to);
  }

  @Override
  public void close() {
    sandbox.close();
    listener.stop(0);
  }
}
