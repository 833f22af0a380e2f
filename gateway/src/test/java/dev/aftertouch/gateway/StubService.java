package dev.aftertouch.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A service on a real port that answers with its name and remembers what it was sent. */
public final class StubService {
  public record Seen(String method, URI uri, Headers headers, String body) {}

  public final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final HttpServer server;
  private final String name;

  public StubService(String name) {
    this.name = name;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public URI base() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  public void stop() {
    released.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      seen.add(
          new Seen(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders(),
              body));
      if (exchange.getRequestURI().getPath().endsWith("/slow")) {
        awaitRelease();
      }
      if (exchange.getRequestURI().getPath().startsWith("/l/")) {
        exchange.getResponseHeaders().set("Location", "https://reviews.example/");
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      if (exchange.getRequestURI().getPath().endsWith("/strict")) {
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
      }
      byte[] answer = name.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void awaitRelease() {
    try {
      if (!released.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody released the slow answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
