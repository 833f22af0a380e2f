package dev.aftertouch.dispatch.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.dispatch.sending.HttpCalls.Result;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpCallsTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Result WELL = new Result.Answer(200, MINUTE, "{}");

  private final SendingLoop loop = new SendingLoop();
  private final HttpCalls calls = new HttpCalls(loop.thread());
  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void close() {
    calls.close();
    loop.close();
    server.close();
  }

  @Test
  void usesAConnectionAgainAfterAWholeAnswer() {
    server.answers("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    server.answers(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n");
    server.answers("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");

    assertThat(post()).isEqualTo(WELL);
    assertThat(post()).isEqualTo(WELL);
    assertThat(post()).isEqualTo(WELL);

    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.requests())
        .hasSize(3)
        .allSatisfy(
            request ->
                assertThat(request)
                    .startsWith("POST /emails HTTP/1.1\r\n")
                    .contains("host: 127.0.0.1:" + server.port() + "\r\n", "Idempotency-Key: k1")
                    .endsWith("\r\n\r\n[1]"));
  }

  @Test
  void opensANewConnectionWhereTheOtherSideEndsTheOld() {
    server.answers("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}");
    server.answers("HTTP/1.0 200 OK\r\n\r\n{}").cuts();
    server.answers("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");

    assertThat(post()).isEqualTo(WELL);
    assertThat(post()).isEqualTo(WELL);
    assertThat(post()).isEqualTo(WELL);

    assertThat(server.connections()).isEqualTo(3);
  }

  @Test
  void aConnectionThatWasClosedInBetweenLosesNothing() {
    server.answers("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").cuts();
    server.answers("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");

    assertThat(post()).isEqualTo(WELL);
    await().untilAsserted(() -> assertThat(calls.kept()).isZero());

    assertThat(post()).isEqualTo(WELL);
  }

  @Test
  void nothingIsWrittenWhereNobodyListens() {
    server.close();

    assertThat(post()).isInstanceOf(Result.NotWritten.class);
  }

  @Test
  void nothingIsWrittenByAProcessThatStoodStillUntilItsTimeWasOver() {
    server.answers("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    CompletableFuture<Result> result = new CompletableFuture<>();

    loop.thread()
        .execute(
            () -> {
              calls.post(
                  URI.create("http://127.0.0.1:" + server.port() + "/emails"),
                  Map.of(),
                  "application/json",
                  new byte[] {'1'},
                  Duration.ofMillis(100),
                  result::complete);
              LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            });

    assertThat(result.join()).isEqualTo(new Result.NotWritten("timeout"));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void nothingIsWrittenToANameThatNobodyHas() {
    URI unknown = URI.create("http://nobody.invalid/emails");

    assertThat(post(unknown, PATIENT)).isEqualTo(new Result.NotWritten("UnknownHostException"));
  }

  @Test
  void nothingIsWrittenToAServerThatCannotProveWhoItIs() {
    server.answers("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    URI secure = URI.create("https://127.0.0.1:" + server.port() + "/emails");

    assertThat(post(secure, PATIENT)).isInstanceOf(Result.NotWritten.class);
  }

  @Test
  void anAnswerThatDoesNotComeWholeIsLostAndNotAskedForAgain() {
    server.answers("").cuts();
    assertThat(post()).isEqualTo(new Result.Lost("ConnectionClosed"));
    server.answers("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}").cuts();
    assertThat(post()).isEqualTo(new Result.Lost("ConnectionClosed"));
    server.answers("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n").cuts();
    assertThat(post()).isEqualTo(new Result.Lost("ConnectionClosed"));
    server.answers("SMTP ready\r\n\r\n");
    assertThat(post()).isEqualTo(new Result.Lost("MalformedAnswer"));

    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void waitsForAWholeAnswerOnlyUntilTheTimeLimit() {
    server.answers("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}");

    assertThat(post(uri(), Duration.ofMillis(200))).isEqualTo(new Result.Lost("timeout"));

    assertThat(calls.kept()).isZero();
  }

  @Test
  void anAnswerWithoutEndIsCut() {
    server.answers(
        "HTTP/1.1 400 Bad Request\r\ncontent-length: 9000000\r\n\r\n" + "x".repeat(70_000));

    assertThat(post()).isEqualTo(new Result.Answer(400, MINUTE, "x".repeat(64 * 1024)));

    assertThat(calls.kept()).isZero();
  }

  @Test
  void readsHowLongTheProviderWantsToBeLeftAlone() {
    assertThat(retryAfter("30")).isEqualTo(Duration.ofSeconds(30));
    assertThat(retryAfter("999999")).isEqualTo(Duration.ofHours(1));
    assertThat(retryAfter("Wed, 21 Oct 2026 07:28:00 GMT")).isEqualTo(MINUTE);
    assertThat(retryAfter("-5")).isEqualTo(MINUTE);
  }

  private Duration retryAfter(String value) {
    server.answers("HTTP/1.1 429 Slow\r\nretry-after: " + value + "\r\ncontent-length: 0\r\n\r\n");
    return ((Result.Answer) post()).retryAfter();
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.port() + "/emails");
  }

  private Result post() {
    return post(uri(), PATIENT);
  }

  private Result post(URI uri, Duration timeout) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    byte[] body = {'[', '1', ']'};
    calls.post(
        uri, Map.of("Idempotency-Key", "k1"), "application/json", body, timeout, result::complete);
    return result.join();
  }
}
