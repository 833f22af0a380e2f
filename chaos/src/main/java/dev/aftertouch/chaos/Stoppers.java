package dev.aftertouch.chaos;

import dev.aftertouch.local.system.LocalSystem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Customers who write STOP around the time of their text, or press "unsubscribe" in their first
 * e-mail around the time of the second. As a provider would, they ask again until they get their
 * 2xx, and only that counts as an acknowledgement.
 */
final class Stoppers {
  private static final Pattern UNSUBSCRIBE = Pattern.compile("http[^\\s\"<>]*/u/[A-Za-z0-9_-]+");

  /** Whoever asks for the last time is answered within this time, once all is calm. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LocalSystem system;
  private final Journal journal;
  private final Random random;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Semaphore connections = new Semaphore(16);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong lastAt = new AtomicLong();
  private volatile long giveUpAt = Long.MAX_VALUE;

  Stoppers(LocalSystem system, Journal journal, long seed) {
    this.system = system;
    this.journal = journal;
    this.random = new Random(seed);
  }

  /** One in four customers will stop, from a second before to a second after a touch of theirs. */
  void consider(Person person) {
    if (random.nextInt(4) != 0) {
      return;
    }
    Duration offset = Duration.ofMillis(random.nextInt(2_000) - 1_000);
    switch (person.firm().path()) {
      case MAIL_THEN_TEXT ->
          later(person.dueAt().plus(Duration.ofMinutes(1)).plus(offset), () -> writeStop(person));
      case TEXT_THEN_MAIL -> later(person.dueAt().plus(offset), () -> writeStop(person));
      case MAIL_THEN_MAIL ->
          later(person.dueAt().plus(Duration.ofMinutes(1)).plus(offset), () -> unsubscribe(person));
    }
  }

  private void later(Instant at, Runnable stop) {
    long millis = Duration.between(system.clock().now(), at).toMillis();
    lastAt.accumulateAndGet(System.currentTimeMillis() + millis, Math::max);
    var unused =
        threads.submit(
            () -> {
              LockSupport.parkNanos(
                  Math.max(0, Duration.between(system.clock().now(), at).toNanos()));
              stop.run();
            });
  }

  private void writeStop(Person person) {
    String url = system.urls().gateway() + "/w/twilio/platform";
    TreeMap<String, String> form =
        new TreeMap<>(
            Map.of(
                "MessageSid", "SM%032x".formatted(person.number()),
                "From", person.phone(),
                "To", person.firm().phone(),
                "Body", "STOP"));
    askUntilAcknowledged(
        person,
        "sms",
        person.phone(),
        () ->
            HttpRequest.newBuilder(URI.create(url))
                .header("X-Twilio-Signature", signature(url, form))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(Duration.ofSeconds(15))
                .POST(HttpRequest.BodyPublishers.ofString(encode(form)))
                .build());
  }

  private void unsubscribe(Person person) {
    askUntilAcknowledged(
        person,
        "email",
        person.email(),
        () -> {
          String link = unsubscribeLink(person);
          return link == null
              ? null
              : HttpRequest.newBuilder(URI.create(link))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .timeout(Duration.ofSeconds(15))
                  .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                  .build();
        });
  }

  private @Nullable String unsubscribeLink(Person person) throws IOException, InterruptedException {
    String inbox = system.urls().sandbox() + "/sandbox/messages";
    String list = get(inbox + "?to=" + URLEncoder.encode(person.email(), StandardCharsets.UTF_8));
    String id = JsonMapper.shared().readTree(list).path("messages").path(0).path("id").asString("");
    if (id.isEmpty()) {
      return null;
    }
    Matcher found = UNSUBSCRIBE.matcher(get(inbox + "/" + id));
    return found.find() ? found.group() : null;
  }

  private String get(String url) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Makes a request; null while that is not possible yet. */
  private interface Asking {
    @Nullable HttpRequest request() throws IOException, InterruptedException;
  }

  private void askUntilAcknowledged(Person person, String channel, String address, Asking asking) {
    long askedAt = System.currentTimeMillis();
    while (System.currentTimeMillis() < giveUpAt) {
      try {
        connections.acquire();
        try {
          HttpRequest request = asking.request();
          if (request != null
              && http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100
                  == 2) {
            journal.note(
                "stops",
                Map.of(
                    "business", person.firm().id().toString(),
                    "channel", channel,
                    "address", address,
                    "asked_at", askedAt,
                    "acknowledged_at", System.currentTimeMillis()));
            return;
          }
        } finally {
          connections.release();
        }
      } catch (IOException unreachable) {
        // The gateway or the service behind it is down: ask again.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
    }
  }

  /** Returns when all have been acknowledged or have given up, such as for want of a mail. */
  void awaitAll() throws InterruptedException {
    long now = System.currentTimeMillis();
    giveUpAt = Math.max(now, lastAt.get()) + PATIENCE.toMillis();
    threads.shutdown();
    if (!threads.awaitTermination(giveUpAt - now + PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("Stops are still being asked for");
    }
  }

  private static String encode(Map<String, String> form) {
    StringBuilder body = new StringBuilder();
    form.forEach(
        (name, value) ->
            body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return body.toString();
  }

  /** https://www.twilio.com/docs/usage/webhooks/webhooks-security */
  private String signature(String url, TreeMap<String, String> form) {
    StringBuilder signed = new StringBuilder(url);
    form.forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(
          new SecretKeySpec(
              system.secrets().twilioAuthToken().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
