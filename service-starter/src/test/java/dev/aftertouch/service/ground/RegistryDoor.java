package dev.aftertouch.service.ground;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** In front of the real schema registry: while it is closed, connections end without an answer. */
final class RegistryDoor {
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private final HttpServer server;
  private final URI registry;
  private volatile boolean closed;

  RegistryDoor(String registryUrl) {
    this.registry = URI.create(registryUrl);
    try {
      this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::pass);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + registry.getPath();
  }

  void close() {
    closed = true;
  }

  void open() {
    closed = false;
  }

  int turnedAway() {
    return turnedAway.get();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (closed) {
        turnedAway.incrementAndGet();
        return;
      }
      HttpResponse<byte[]> answer =
          http.send(forward(exchange), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (name.startsWith("x-registry")) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest forward(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(registry.resolve(exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (name.equalsIgnoreCase("Accept")
                  || name.equalsIgnoreCase("Content-Type")
                  || name.toLowerCase(java.util.Locale.ROOT).startsWith("x-registry")) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }
}
