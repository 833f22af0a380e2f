package dev.aftertouch.sandbox.webhooks;

import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.http.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JsonGenerator;

/**
 * Delivers webhooks on virtual threads of its own. Sending never waits for it: beyond the bound,
 * new webhooks are dropped and counted. They live in memory only; a killed sandbox forgets them.
 */
public final class Webhooks implements AutoCloseable {
  private static final int MAX_OUTSTANDING = 100_000;
  private static final int MAX_AT_ONCE = 64;
  private static final int MAX_REMEMBERED = 500;
  private static final Duration TIME_OUT = Duration.ofSeconds(15);

  private final ScheduledThreadPoolExecutor later;
  private final Semaphore atOnce = new Semaphore(MAX_AT_ONCE);
  private final AtomicLong outstanding = new AtomicLong();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Deque<Attempt> attempts = new ArrayDeque<>();

  /** Made on the first webhook: it costs a tenth of a second that the start does not have. */
  private static final class Client {
    static final HttpClient HTTP =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  private record Attempt(Webhook webhook, int number, int status, String failure) {}

  public Webhooks() {
    later =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("webhooks").factory());
    later.setRemoveOnCancelPolicy(true);
  }

  /** Delivers after the delay, real time, with the webhook's own retries. */
  public void post(Webhook webhook, Duration delay) {
    if (outstanding.incrementAndGet() > MAX_OUTSTANDING) {
      outstanding.decrementAndGet();
      dropped.incrementAndGet();
      return;
    }
    attemptLater(webhook, 1, delay);
  }

  /** Runs an action later on a virtual thread, within the same bound as the webhooks. */
  public void later(Runnable action, Duration delay) {
    if (outstanding.incrementAndGet() > MAX_OUTSTANDING) {
      outstanding.decrementAndGet();
      dropped.incrementAndGet();
      return;
    }
    schedule(
        () -> {
          try {
            action.run();
          } finally {
            outstanding.decrementAndGet();
          }
        },
        delay);
  }

  private void attemptLater(Webhook webhook, int number, Duration delay) {
    schedule(() -> attempt(webhook, number), delay);
  }

  private void schedule(Runnable action, Duration delay) {
    try {
      if (delay.isZero()) {
        Thread.ofVirtual().start(action);
        return;
      }
      var unused =
          later.schedule(
              () -> Thread.ofVirtual().start(action), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      outstanding.decrementAndGet();
    }
  }

  private void attempt(Webhook webhook, int number) {
    int status = 0;
    String failure = "";
    boolean connected = true;
    try {
      atOnce.acquire();
      try {
        HttpRequest request =
            HttpRequest.newBuilder(webhook.target())
                .timeout(TIME_OUT)
                .headers(webhook.headers().get().toArray(String[]::new))
                .POST(HttpRequest.BodyPublishers.ofByteArray(webhook.body()))
                .build();
        status = Client.HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      } finally {
        atOnce.release();
      }
    } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
      connected = false;
      failure = "no connection";
    } catch (IOException | IllegalArgumentException broken) {
      failure = String.valueOf(broken.getMessage());
    } catch (InterruptedException closing) {
      outstanding.decrementAndGet();
      Thread.currentThread().interrupt();
      return;
    }
    settle(new Attempt(webhook, number, status, failure), connected);
  }

  private void settle(Attempt attempt, boolean connected) {
    remember(attempt);
    if (attempt.status() >= 200 && attempt.status() < 300) {
      delivered.incrementAndGet();
      outstanding.decrementAndGet();
      return;
    }
    Webhook.Retries retries = attempt.webhook().retries();
    boolean worthIt =
        switch (retries.on()) {
          case ANY_FAILURE -> true;
          case NO_CONNECTION -> !connected;
        };
    if (worthIt && attempt.number() <= retries.delays().size()) {
      Duration delay = retries.delays().get(attempt.number() - 1);
      attemptLater(attempt.webhook(), attempt.number() + 1, delay);
    } else {
      failed.incrementAndGet();
      outstanding.decrementAndGet();
    }
  }

  private void remember(Attempt attempt) {
    synchronized (attempts) {
      attempts.addFirst(attempt);
      if (attempts.size() > MAX_REMEMBERED) {
        attempts.removeLast();
      }
    }
  }

  /** {@code GET /sandbox/webhooks}: how many are outstanding, and the last attempts. */
  public Reply report() {
    return Reply.json(200, Json.object(this::write));
  }

  private void write(JsonGenerator json) {
    json.writeNumberProperty("outstanding", outstanding.get());
    json.writeNumberProperty("delivered", delivered.get());
    json.writeNumberProperty("failed", failed.get());
    json.writeNumberProperty("dropped", dropped.get());
    json.writeArrayPropertyStart("attempts");
    synchronized (attempts) {
      for (Attempt attempt : attempts) {
        json.writeStartObject();
        json.writeStringProperty("message_id", attempt.webhook().messageId());
        json.writeStringProperty("what", attempt.webhook().what());
        json.writeStringProperty("target", attempt.webhook().target().toString());
        json.writeNumberProperty("attempt", attempt.number());
        json.writeNumberProperty("status", attempt.status());
        json.writeStringProperty("failure", attempt.failure());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
