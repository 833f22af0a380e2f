package dev.aftertouch.sandbox;

import static dev.aftertouch.sandbox.RunningSandbox.simpleEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ResendTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private RunningSandbox resend;

  @BeforeEach
  void start() throws Exception {
    resend =
        new RunningSandbox(
            "--auto-deliver",
            "false",
            "--resend-webhook-url",
            "LISTENER/w/{business_id}/resend",
            "--resend-webhook-secret",
            SECRET,
            "--resend-retry-seconds",
            "0,0");
  }

  @AfterEach
  void stop() {
    resend.close();
  }

  @Test
  void answersWithAnIdUnderWhichTheEmailIsFound() {
    RunningSandbox.Answer answer = resend.email(simpleEmail("jo@example.org"));

    String id = answer.json().get("id").asString();
    JsonNode found =
        resend.send("GET", "/emails/" + id, "", "Authorization", "Bearer re_test").json();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(UUID.fromString(id).version()).isEqualTo(4);
    assertThat(found.get("to").get(0).asString()).isEqualTo("jo@example.org");
    assertThat(found.get("html").asString()).startsWith("<p>Hello");
    assertThat(found.get("last_event").asString()).isEqualTo("sent");
  }

  @Test
  void answersTheSameKeyAndPayloadWithTheSameIdAndSendsOnce() {
    RunningSandbox.Answer first = resend.email("key-1", simpleEmail("jo@example.org"));

    RunningSandbox.Answer again = resend.email("key-1", simpleEmail("jo@example.org"));

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(resend.outcomes()).isEqualTo("accepted repeated");
    assertThat(resend.get("/sandbox/messages").get("total").asInt()).isEqualTo(1);
  }

  @Test
  void refusesTheSameKeyWithAnotherPayload() {
    resend.email("key-1", simpleEmail("jo@example.org"));

    RunningSandbox.Answer other = resend.email("key-1", simpleEmail("al@example.org"));

    assertThat(other.status()).isEqualTo(409);
    assertThat(other.json().get("name").asString()).isEqualTo("invalid_idempotent_request");
    assertThat(resend.outcomes()).isEqualTo("accepted rejected");
  }

  @Test
  void refusesAKeyWhoseFirstRequestIsStillInProgress() throws Exception {
    resend.send(
        "PUT", "/sandbox/faults", "[{\"kind\":\"delay\",\"delay_ms\":800,\"remaining\":1}]");
    Thread slow =
        Thread.ofVirtual().start(() -> resend.email("key-1", simpleEmail("jo@example.org")));
    await().until(() -> resend.get("/sandbox/faults").get(0).get("remaining").asInt() == 0);

    RunningSandbox.Answer meanwhile = resend.email("key-1", simpleEmail("jo@example.org"));
    slow.join();
    RunningSandbox.Answer afterwards = resend.email("key-1", simpleEmail("jo@example.org"));

    assertThat(meanwhile.json().get("name").asString()).isEqualTo("concurrent_idempotent_requests");
    assertThat(afterwards.status()).isEqualTo(200);
    assertThat(resend.outcomes()).isEqualTo("rejected accepted repeated");
  }

  @Test
  void countsATouchThatIsAcceptedTwice() {
    resend.email("key-1", simpleEmail("jo@example.org"));
    resend.email("key-2", simpleEmail("jo@example.org"));

    JsonNode summary = resend.summary();

    assertThat(summary.get("accepted").asInt()).isEqualTo(2);
    assertThat(summary.get("duplicates").asInt()).isEqualTo(1);
    assertThat(summary.get("duplicated").get(0).asString()).isEqualTo("touch-1");
  }

  @Test
  void repeatsAWholeBatch() {
    String batch = "[" + simpleEmail("a@example.org") + "," + simpleEmail("b@example.org") + "]";
    String[] headers = {"Authorization", "Bearer re_test", "Idempotency-Key", "batch-1"};

    RunningSandbox.Answer first = resend.send("POST", "/emails/batch", batch, headers);
    RunningSandbox.Answer again = resend.send("POST", "/emails/batch", batch, headers);

    assertThat(first.json().get("data").size()).isEqualTo(2);
    assertThat(again.body()).isEqualTo(first.body());
    String second = first.json().get("data").get(1).get("id").asString();
    assertThat(resend.get("/sandbox/messages/" + second).get("to").get(0).asString())
        .isEqualTo("b@example.org");
    assertThat(resend.outcomes()).isEqualTo("accepted accepted repeated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"to": "a@b.co", "subject": "s", "text": "t"}                        | 422 | missing_required_field
          {"from": "a@b.co", "subject": "s", "text": "t"}                      | 422 | missing_required_field
          {"from": "a@b.co", "to": "a@b.co", "text": "t"}                      | 422 | missing_required_field
          {"from": "a@b.co", "to": "a@b.co", "subject": "s"}                   | 400 | validation_error
          {"from": "nobody", "to": "a@b.co", "subject": "s", "text": "t"}      | 422 | invalid_from_address
          {"from": "a@b.co", "to": "nobody", "subject": "s", "text": "t"}      | 400 | validation_error
          {"from": "a@b.co", "to": "a@b.co", "subject": "s", "text": "t", "tags": [{"name": "a b", "value": "c"}]} | 400 | validation_error
          {"from": "a@b.co",                                                   | 400 | validation_error
          []                                                                   | 400 | validation_error
          """)
  void refusesABadEmailInTheOriginalsWords(String body, int status, String name) {
    RunningSandbox.Answer answer = resend.email(body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().get("statusCode").asInt()).isEqualTo(status);
    assertThat(answer.json().get("name").asString()).isEqualTo(name);
    assertThat(answer.json().get("message").asString()).isNotBlank();
    assertThat(resend.outcomes()).isEqualTo("rejected");
  }

  @Test
  void asksForAnApiKeyAndAKeyOfBearableLength() {
    RunningSandbox.Answer without = resend.send("POST", "/emails", simpleEmail("jo@example.org"));
    RunningSandbox.Answer tooLong = resend.email("k".repeat(257), simpleEmail("jo@example.org"));
    RunningSandbox.Answer longest = resend.email("k".repeat(256), simpleEmail("jo@example.org"));

    assertThat(without.status()).isEqualTo(401);
    assertThat(without.json().get("name").asString()).isEqualTo("missing_api_key");
    assertThat(tooLong.json().get("name").asString()).isEqualTo("invalid_idempotency_key");
    assertThat(longest.status()).isEqualTo(200);
  }

  @Test
  void knowsOnlyTheApiKeysThatItWasGiven() throws Exception {
    try (RunningSandbox strict = new RunningSandbox("--resend-api-key", "re_one,re_two")) {
      RunningSandbox.Answer unknown = strict.email(simpleEmail("jo@example.org"));
      RunningSandbox.Answer known =
          strict.send(
              "POST", "/emails", simpleEmail("jo@example.org"), "Authorization", "Bearer re_two");

      assertThat(unknown.json().get("name").asString()).isEqualTo("invalid_api_key");
      assertThat(known.status()).isEqualTo(200);
    }
  }

  @Test
  void tellsAClickInASignedWebhookAtTheAddressOfTheBusiness() throws Exception {
    String id = sendOne();
    resend.send(
        "POST",
        "/sandbox/messages/" + id + "/clicked",
        "{\"link\":\"https://review.example/r?a=1&b=2\"}");
    await().until(() -> resend.calls.size() == 1);

    RunningSandbox.Call call = resend.calls.getFirst();
    JsonNode data = call.json().get("data");
    assertThat(call.uri()).isEqualTo("/w/b-1/resend");
    assertThat(call.json().get("type").asString()).isEqualTo("email.clicked");
    assertThat(data.get("email_id").asString()).isEqualTo(id);
    assertThat(data.get("to").get(0).asString()).isEqualTo("jo@example.org");
    assertThat(data.get("tags").get("touch_id").asString()).isEqualTo("touch-1");
    assertThat(data.get("click").get("link").asString())
        .isEqualTo("https://review.example/r?a=1&b=2");
    assertThat(call.header("svix-signature")).isEqualTo(expectedSignature(call));
  }

  @Test
  void triesAWebhookAgainUnderTheSameId() throws Exception {
    String id = sendOne();
    resend.refuseNext.set(2);

    resend.send("POST", "/sandbox/messages/" + id + "/bounced", "");
    await().until(() -> resend.calls.size() == 3);

    assertThat(resend.calls.stream().map(call -> call.header("svix-id")).distinct()).hasSize(1);
    await().until(() -> resend.get("/sandbox/webhooks").get("outstanding").asInt() == 0);
    assertThat(resend.get("/sandbox/webhooks").get("delivered").asInt()).isEqualTo(1);
  }

  @Test
  void tellsOfSendingAndDeliveryByItselfWhereThatIsSwitchedOn() throws Exception {
    try (RunningSandbox delivering =
        new RunningSandbox("--resend-webhook-url", "LISTENER/w", "--deliver-after-ms", "20")) {
      delivering.email(simpleEmail("jo@example.org"));

      await().until(() -> delivering.calls.size() == 2);
      List<String> types =
          delivering.calls.stream().map(call -> call.json().get("type").asString()).toList();
      assertThat(types).containsExactlyInAnyOrder("email.sent", "email.delivered");
    }
  }

  private String sendOne() {
    return resend.email(simpleEmail("jo@example.org")).json().get("id").asString();
  }

  /** Written apart from the sandbox's own signing. */
  private static String expectedSignature(RunningSandbox.Call call) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(SECRET.substring(6));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed =
        String.join(".", call.header("svix-id"), call.header("svix-timestamp"), call.body());
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }
}
