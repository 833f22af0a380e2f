package dev.aftertouch.dispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.EnrollmentCommand;
import dev.aftertouch.facts.StopCustomer;
import dev.aftertouch.facts.StopEnrollment;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class WebhooksTest extends DispatchGround {
  @Autowired private Gate gate;

  @Test
  void refusesWhatIsForgedOldOrForNobody() {
    byte[] body = "{\"type\":\"email.delivered\"}".getBytes(StandardCharsets.UTF_8);
    String good = svix("msg_1", NOON, body);

    assertThat(resend("platform", "msg_1", NOON, good, body)).isEqualTo(204);
    assertThat(resend("platform", "msg_2", NOON, good, body)).isEqualTo(401);
    assertThat(resend("platform", "msg_1", NOON, "v1,AAAA", body)).isEqualTo(401);
    assertThat(resend("nobody", "msg_1", NOON, good, body)).isEqualTo(404);
    Instant old = NOON.minus(Duration.ofMinutes(6));
    assertThat(resend("platform", "msg_3", old, svix("msg_3", old, body), body)).isEqualTo(401);
    byte[] huge = new byte[256 * 1024 + 1];
    assertThat(resend("platform", "msg_4", NOON, svix("msg_4", NOON, huge), huge)).isEqualTo(413);
  }

  @Test
  void acceptsARotatedSecretsSecondSignature() {
    byte[] body = "{\"type\":\"email.sent\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(resend("platform", "msg_5", NOON, "v1,b2xk " + svix("msg_5", NOON, body), body))
        .isEqualTo(204);
  }

  @Test
  void aBounceSuppressesTheAddressAndEndsItsEmails() {
    Fixture business = business();
    UUID customer = business.customer();
    TouchDue touch = business.mail(customer);
    gate.dispatch(List.of(touch));

    event(business, touch, "bounced", ",\"bounce\":{\"type\":\"Permanent\"}");

    TouchDue next = business.mail(customer);
    gate.dispatch(List.of(next));
    assertThat(stateOf(business.id, next.getTouchId())).isEqualTo("skipped/suppressed");
    assertThat(commands(business)).containsExactly("StopCustomer/email_bounced/EMAIL");
    assertThat(engagements(business)).containsExactly("BOUNCED/" + touch.getTouchId());
  }

  @Test
  void aTransientBounceSuppressesNothing() {
    Fixture business = business();
    UUID customer = business.customer();
    TouchDue touch = business.mail(customer);
    gate.dispatch(List.of(touch));

    event(business, touch, "bounced", ",\"bounce\":{\"type\":\"Transient\"}");

    TouchDue next = business.mail(customer);
    gate.dispatch(List.of(next));
    assertThat(stateOf(business.id, next.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void anOpenStopsNothingAndARepeatCountsOnce() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    gate.dispatch(List.of(touch));

    String id = event(business, touch, "opened", "");
    event(business, touch, "opened", "", id);

    assertThat(engagements(business)).containsExactly("OPENED/" + touch.getTouchId());
    assertThat(commands(business)).isEmpty();
  }

  @Test
  void aClickOnTheReviewLinkByWebhookEndsTheEnrollment() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    gate.dispatch(List.of(touch));

    event(
        business,
        touch,
        "clicked",
        ",\"click\":{\"link\":\"https://reviews.example/summit?a=1&b=2\",\"userAgent\":\"Mozilla/5.0\"}");

    Awaitility.await()
        .untilAsserted(
            () -> assertThat(commands(business)).containsExactly("StopEnrollment/review_clicked"));
    assertThat(engagements(business)).containsExactly("CLICKED/" + touch.getTouchId());
  }

  @Test
  void aMessageWithoutTagsIsFoundByTheProvidersId() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    gate.dispatch(List.of(touch));
    String emailId =
        tenancy.asWorker(
            () ->
                jdbc.sql("SELECT provider_message_id FROM touches WHERE business_id = :business")
                    .param("business", business.id)
                    .query(String.class)
                    .single());

    post(
        "{\"type\":\"email.complained\",\"created_at\":\"%s\",\"data\":{\"email_id\":\"%s\"}}"
            .formatted(NOON, emailId),
        UUID.randomUUID().toString());

    assertThat(commands(business)).containsExactly("StopCustomer/email_complained/null");
  }

  @Test
  void aWebhookForAnUnknownMessageIsKeptAndAnsweredWell() {
    String id = "msg_" + UUID.randomUUID();
    post(
        """
        {"type":"email.delivered","data":{"tags":{"business_id":"%s","attempt_id":"%s"}}}
        """
            .formatted(UUID.randomUUID(), UUID.randomUUID()),
        id);

    assertThat(
            tenancy.asWorker(
                () ->
                    jdbc.sql(
                            "SELECT tries FROM webhook_inbox WHERE event_id = :id AND processed_at IS NULL")
                        .param("id", id)
                        .query(Integer.class)
                        .single()))
        .isEqualTo(1);
  }

  @Test
  void stopInAnyCaseEndsTheTextsAndStartReopensThem() {
    Fixture business = business();
    UUID customer = UUID.randomUUID();
    String phone = Fixture.randomPhone();
    business.customer(customer, "ann@mail.example", phone, Fixture.DENVER, "Ann");
    TouchDue touch = business.text(customer);
    gate.dispatch(List.of(touch));

    assertThat(text(phone, business.phone, " Stop. ").statusCode()).isEqualTo(200);

    TouchDue stopped = business.text(customer);
    gate.dispatch(List.of(stopped));
    assertThat(stateOf(business.id, stopped.getTouchId())).isEqualTo("skipped/suppressed");
    assertThat(commands(business)).containsExactly("StopCustomer/opted_out_sms/null");
    assertThat(engagements(business)).containsExactly("OPTED_OUT/" + touch.getTouchId());

    clock().advance(Duration.ofMinutes(5));
    text(phone, business.phone, "START");

    TouchDue reopened = business.text(customer);
    gate.dispatch(List.of(reopened));
    assertThat(stateOf(business.id, reopened.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void aReplyEndsTheSequencesOfTheCustomer() {
    Fixture business = business();
    UUID customer = UUID.randomUUID();
    String phone = Fixture.randomPhone();
    business.customer(customer, "ann@mail.example", phone, Fixture.DENVER, "Ann");
    TouchDue touch = business.text(customer);
    gate.dispatch(List.of(touch));

    text(phone, business.phone, "Don't stop by Friday, Saturday is fine");

    TouchDue later = business.due(customer, touch.getEnrollmentId(), "mail", 0, clock().instant());
    gate.dispatch(List.of(later));
    assertThat(stateOf(business.id, later.getTouchId())).isEqualTo("skipped/enrollment_stopped");
    assertThat(commands(business)).containsExactly("StopCustomer/replied/null");
    assertThat(engagements(business)).containsExactly("REPLIED/" + touch.getTouchId());
  }

  @Test
  void helpIsAnsweredWithTheSendersName() {
    Fixture business = business();

    HttpResponse<String> answer = text(Fixture.randomPhone(), business.phone, "help!");

    assertThat(answer.body()).contains("<Message>Summit Home Services");
  }

  @Test
  void aForgedTextStopsNothing() {
    Fixture business = business();
    String path = "/w/twilio/platform/inbound";

    HttpResponse<String> answer =
        call(
            HttpRequest.newBuilder(URI.create(url(path)))
                .header("X-Twilio-Signature", "bm90IHRoZSBzaWduYXR1cmU=")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "From=%2B17205550100&To=" + encode(business.phone) + "&Body=STOP")));

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void theSandboxsOwnWebhooksAreUnderstood() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    gate.dispatch(List.of(touch));
    String emailId = ledgerOf(business.id).getFirst().path("id").asString();

    sandbox("POST", "/sandbox/messages/" + emailId + "/delivered", "{}");

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(engagements(business))
                    .containsExactly("DELIVERED/" + touch.getTouchId()));
  }

  private String event(Fixture business, TouchDue touch, String what, String more) {
    return event(business, touch, what, more, UUID.randomUUID().toString());
  }

  private String event(Fixture business, TouchDue touch, String what, String more, String id) {
    UUID attempt =
        tenancy.asWorker(
            () ->
                jdbc.sql(
                        "SELECT attempt_id FROM touches WHERE business_id = :business AND touch_id = :touch")
                    .param("business", business.id)
                    .param("touch", touch.getTouchId())
                    .query(UUID.class)
                    .single());
    post(
        "{\"type\":\"email.%s\",\"created_at\":\"%s\",\"data\":{\"tags\":{\"business_id\":\"%s\",\"attempt_id\":\"%s\"}%s}}"
            .formatted(what, NOON, business.id, attempt, more),
        id);
    return id;
  }

  private void post(String event, String id) {
    byte[] body = event.getBytes(StandardCharsets.UTF_8);
    Instant now = clock().instant();
    assertThat(resend("platform", id, now, svix(id, now, body), body)).isEqualTo(204);
  }

  static int resend(String token, String id, Instant at, String signature, byte[] body) {
    return call(HttpRequest.newBuilder(URI.create(url("/w/resend/" + token)))
            .header("svix-id", id)
            .header("svix-timestamp", Long.toString(at.getEpochSecond()))
            .header("svix-signature", signature)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)))
        .statusCode();
  }

  static String svix(String id, Instant at, byte[] body) {
    byte[] head = (id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
    byte[] key = Base64.getDecoder().decode(RESEND_SECRET.substring("whsec_".length()));
    byte[] signed = new byte[head.length + body.length];
    System.arraycopy(head, 0, signed, 0, head.length);
    System.arraycopy(body, 0, signed, head.length, body.length);
    return "v1," + mac("HmacSHA256", key, signed);
  }

  static HttpResponse<String> text(String from, String to, String body) {
    return text(
        Map.of("MessageSid", "SM" + UUID.randomUUID(), "From", from, "To", to, "Body", body));
  }

  static HttpResponse<String> text(Map<String, String> fields) {
    Map<String, String> form = new TreeMap<>(fields);
    String target = url("/w/twilio/platform");
    StringBuilder signed = new StringBuilder(target);
    StringBuilder encoded = new StringBuilder();
    form.forEach(
        (name, value) -> {
          signed.append(name).append(value);
          encoded.append(name).append('=').append(encode(value)).append('&');
        });
    String signature =
        mac(
            "HmacSHA1",
            TWILIO_TOKEN.getBytes(StandardCharsets.UTF_8),
            signed.toString().getBytes(StandardCharsets.UTF_8));
    return call(
        HttpRequest.newBuilder(URI.create(target))
            .header("X-Twilio-Signature", signature)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded.toString())));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String mac(String algorithm, byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return Base64.getEncoder().encodeToString(mac.doFinal(text));
    } catch (java.security.GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private List<String> commands(Fixture business) {
    outboxIsEmpty();
    return read(Topics.ENROLLMENT_COMMANDS).stream()
        .map(EnrollmentCommand.class::cast)
        .filter(command -> command.getBusinessId().equals(business.id))
        .map(
            command ->
                switch (command.getCommand()) {
                  case StopCustomer stop ->
                      "StopCustomer/" + stop.getReason() + "/" + stop.getChannel();
                  case StopEnrollment stop -> "StopEnrollment/" + stop.getReason();
                  default -> "?";
                })
        .toList();
  }

  private List<String> engagements(Fixture business) {
    outboxIsEmpty();
    return read(Topics.ENGAGEMENTS).stream()
        .map(Engagement.class::cast)
        .filter(engagement -> engagement.getBusinessId().equals(business.id))
        .map(engagement -> engagement.getKind() + "/" + engagement.getTouchId())
        .toList();
  }

  private void outboxIsEmpty() {
    Awaitility.await()
        .until(
            () ->
                tenancy.asWorker(
                    () ->
                        jdbc.sql("SELECT count(*) FROM outbox").query(Integer.class).single()
                            == 0));
  }
}
