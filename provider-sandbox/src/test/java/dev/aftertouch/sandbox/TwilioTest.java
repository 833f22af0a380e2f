package dev.aftertouch.sandbox;

import static dev.aftertouch.sandbox.RunningSandbox.ACCOUNT;
import static dev.aftertouch.sandbox.RunningSandbox.CUSTOMER;
import static dev.aftertouch.sandbox.RunningSandbox.OUR_NUMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TwilioTest {
  private static final String ATTEMPT = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";

  private RunningSandbox twilio;

  @BeforeEach
  void start() throws Exception {
    twilio =
        new RunningSandbox("--auto-deliver", "false", "--twilio-inbound-url", "LISTENER/in?x=1");
  }

  @AfterEach
  void stop() {
    twilio.close();
  }

  @Test
  void answers201WithTheQueuedMessageThatCanBeReadAgain() {
    RunningSandbox.Answer answer = twilio.text(CUSTOMER, "Your fence is done.");

    String sid = answer.json().get("sid").asString();
    JsonNode again = get("/2010-04-01/Accounts/" + ACCOUNT + "/Messages/" + sid + ".json");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(sid).matches("SM[0-9a-f]{32}");
    assertThat(answer.json().get("status").asString()).isEqualTo("queued");
    assertThat(answer.json().get("error_code").isNull()).isTrue();
    assertThat(again).isEqualTo(answer.json());
  }

  @Test
  void sendsTheSameTextTwiceWhenAskedTwice() {
    twilio.text(CUSTOMER, "Hello", "StatusCallback", "http://localhost:1/cb/" + ATTEMPT);
    twilio.text(CUSTOMER, "Hello", "StatusCallback", "http://localhost:1/cb/" + ATTEMPT);

    assertThat(twilio.outcomes()).isEqualTo("accepted accepted");
    assertThat(twilio.summary().get("duplicated").get(0).asString()).isEqualTo(ATTEMPT);
  }

  @Test
  void countsATouchThatIsTextedTwiceInWhateverRound() {
    twilio.text(CUSTOMER, "Hello", "StatusCallback", callbackOf("touch-1", 0));
    twilio.text(CUSTOMER, "Hello", "StatusCallback", callbackOf("touch-1", 1));
    twilio.text(CUSTOMER, "Hello", "StatusCallback", callbackOf("touch-2", 0));

    assertThat(twilio.summary().get("duplicates").asInt()).isEqualTo(1);
    assertThat(twilio.summary().get("duplicated").get(0).asString()).isEqualTo("touch-1");
  }

  private static String callbackOf(String touch, int round) {
    return "http://localhost:1/status?attempt=%s&touch=%s&round=%d#rc=3&rp=all"
        .formatted(UUID.randomUUID(), touch, round);
  }

  @ParameterizedTest
  @CsvSource({
    "'', Hello, 21604",
    "12125550123, Hello, 21211",
    "+1212, Hello, 21211",
    "+15005550001, Hello, 21211",
    "+15005550009, Hello, 21614",
    "+12125550123, '', 21602"
  })
  void refusesInTheOriginalsCodes(String to, String body, int code) {
    RunningSandbox.Answer answer = twilio.text(to, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("code").asInt()).isEqualTo(code);
    assertThat(answer.json().get("more_info").asString()).endsWith("/" + code);
    assertThat(twilio.outcomes()).isEqualTo("rejected");
  }

  @Test
  void refusesATextThatIsTooLongAnImpossibleValidityAndAWrongToken() {
    RunningSandbox.Answer tooLong = twilio.text(CUSTOMER, "x".repeat(1601));
    RunningSandbox.Answer validity = twilio.text(CUSTOMER, "Hello", "ValidityPeriod", "36001");
    RunningSandbox.Answer stranger =
        twilio.send("POST", RunningSandbox.messagesPath(), "To=1", "Authorization", "Basic eDp5");

    assertThat(tooLong.json().get("code").asInt()).isEqualTo(21617);
    assertThat(validity.status()).isEqualTo(400);
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.json().get("code").asInt()).isEqualTo(20003);
  }

  @Test
  void listsByRecipientAndDayNewestFirst() {
    twilio.text("+12125550199", "to another");
    twilio.text(CUSTOMER, "one");
    twilio.text(CUSTOMER, "two");
    String to = RunningSandbox.messagesPath() + "?To=%2B12125550123";

    JsonNode since = get(to + "&DateSent%3E=2020-01-01");
    JsonNode before = get(to + "&DateSent%3C=2020-01-01");
    JsonNode firstPage = get(to + "&PageSize=1");
    JsonNode secondPage = get(firstPage.get("next_page_uri").asString());

    assertThat(since.get("messages").size()).isEqualTo(2);
    assertThat(since.get("messages").get(0).get("body").asString()).isEqualTo("two");
    assertThat(before.get("messages").size()).isZero();
    assertThat(secondPage.get("messages").get(0).get("body").asString()).isEqualTo("one");
    assertThat(secondPage.get("next_page_uri").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOP", " stop ", "Unsubscribe", "QUIT", "end", "Cancel", "StopAll"})
  void blocksTheSenderAfterAStopUntilAStart(String word) {
    String sid = twilio.text(CUSTOMER, "Hello").json().get("sid").asString();
    reply(sid, word);

    RunningSandbox.Answer blocked = twilio.text(CUSTOMER, "Again");
    RunningSandbox.Answer toAnother = twilio.text("+12125550199", "Again");
    reply(sid, "START");
    RunningSandbox.Answer allowed = twilio.text(CUSTOMER, "Again");

    assertThat(blocked.status()).isEqualTo(400);
    assertThat(blocked.json().get("code").asInt()).isEqualTo(21610);
    assertThat(toAnother.status()).isEqualTo(201);
    assertThat(allowed.status()).isEqualTo(201);
  }

  @Test
  void doesNotTakeASentenceForAStop() {
    String sid = twilio.text(CUSTOMER, "Hello").json().get("sid").asString();

    reply(sid, "please stop");

    assertThat(twilio.text(CUSTOMER, "Again").status()).isEqualTo(201);
  }

  @Test
  void postsASignedAnswerOfTheCustomer() throws Exception {
    String sid = twilio.text(CUSTOMER, "Hello").json().get("sid").asString();

    reply(sid, "Thanks, löst & gut + 100 %!");
    await().until(() -> twilio.calls.size() == 1);

    RunningSandbox.Call call = twilio.calls.getFirst();
    assertThat(call.form())
        .containsEntry("From", CUSTOMER)
        .containsEntry("To", OUR_NUMBER)
        .containsEntry("Body", "Thanks, löst & gut + 100 %!")
        .containsEntry("AccountSid", ACCOUNT)
        .containsKey("MessageSid")
        .doesNotContainKey("OptOutType");
    assertThat(call.headers())
        .containsEntry(
            "x-twilio-signature", expectedSignature(twilio.listenerUrl() + "/in?x=1", call));
    assertThat(twilio.outcomes()).isEqualTo("accepted received");
  }

  @Test
  void reportsTheStatusToTheTextsOwnCallback() throws Exception {
    String callback = twilio.listenerUrl() + "/cb/" + ATTEMPT + "?round=1";
    String sid =
        twilio
            .text(CUSTOMER, "Hello", "StatusCallback", callback + "#rc=2&rp=all")
            .json()
            .get("sid")
            .asString();
    twilio.refuseNext.set(1);

    twilio.send("POST", "/sandbox/messages/" + sid + "/failed", "");
    await().until(() -> twilio.calls.size() == 2);

    RunningSandbox.Call call = twilio.calls.getLast();
    assertThat(call.uri()).isEqualTo("/cb/" + ATTEMPT + "?round=1");
    assertThat(call.form())
        .containsEntry("MessageSid", sid)
        .containsEntry("MessageStatus", "failed")
        .containsEntry("ErrorCode", "30008");
    assertThat(call.headers())
        .containsEntry("x-twilio-signature", expectedSignature(callback, call));
  }

  @ParameterizedTest
  @CsvSource({"'', 1", "#rc=1, 1", "#rc=1&rp=all, 2", "#rc=3&rp=all, 4"})
  void repeatsAFailedCallbackAsItsOverridesSay(String overrides, int calls) {
    String callback = twilio.listenerUrl() + "/cb" + overrides;
    JsonNode sent = twilio.text(CUSTOMER, "Hello", "StatusCallback", callback).json();
    twilio.refuseNext.set(9);

    twilio.send("POST", "/sandbox/messages/" + sent.get("sid").asString() + "/delivered", "");
    await().until(() -> twilio.get("/sandbox/webhooks").get("failed").asInt() == 1);

    assertThat(twilio.calls).hasSize(calls).allMatch(call -> call.uri().equals("/cb"));
  }

  @Test
  void reportsTheWholeWayByItselfWhereThatIsSwitchedOn() throws Exception {
    try (RunningSandbox delivering = new RunningSandbox("--deliver-after-ms", "20")) {
      delivering.text(CUSTOMER, "Hello", "StatusCallback", delivering.listenerUrl() + "/cb");

      await().until(() -> delivering.calls.size() == 3);
      assertThat(delivering.calls.stream().map(call -> call.form().get("MessageStatus")))
          .containsExactlyInAnyOrder("queued", "sent", "delivered");
    }
  }

  @Test
  void takesATextThatAnswersNothing() {
    twilio.send(
        "POST",
        "/sandbox/inbound",
        "{\"from\":\"%s\",\"to\":\"%s\",\"body\":\"STOP\"}".formatted(CUSTOMER, OUR_NUMBER));

    await().until(() -> twilio.calls.size() == 1);
    assertThat(twilio.calls.getFirst().form()).containsEntry("OptOutType", "STOP");
    assertThat(twilio.text(CUSTOMER, "Hello").json().get("code").asInt()).isEqualTo(21610);
  }

  private JsonNode get(String path) {
    return twilio.send("GET", path, "", RunningSandbox.twilioHeaders()).json();
  }

  private void reply(String sid, String body) {
    RunningSandbox.Answer answer =
        twilio.send("POST", "/sandbox/messages/" + sid + "/reply", "{\"body\":\"" + body + "\"}");
    assertThat(answer.status()).isEqualTo(200);
  }

  /** Written apart from the sandbox's own signing. */
  private static String expectedSignature(String url, RunningSandbox.Call call) throws Exception {
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(call.form()).forEach((name, value) -> signed.append(name).append(value));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("sandbox-auth-token".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    return Base64.getEncoder()
        .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
