package dev.aftertouch.dispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.facts.TouchDue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The breaker, from the provider's word to the gate and back. */
class UnwantedMessagesTest extends DispatchGround {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NOTE = "{\"note\":\"The bought list is deleted.\"}";

  @Autowired private Gate gate;

  @Test
  void threeComplaintsOfAThousandMailsHoldTheBusinesssMailsUntilTheOwnerResumes() {
    Fixture business = business().settings(EmailProvider.RESEND, 5_000, 5_000);
    List<TouchDue> mails = mails(business, 4);
    sentBefore(business, mails.getFirst(), 996);

    complain(business, mails.get(0));
    complain(business, mails.get(0));
    complain(business, mails.get(1));
    awaitJudged(business, 0, "closed", 2, 1_000);
    complain(business, mails.get(2));
    awaitJudged(business, 0, "paused", 3, 1_000);

    TouchDue held = business.mail(business.customer());
    TouchDue text = business.text(business.customer());
    Fixture other = business();
    TouchDue others = other.mail(other.customer());
    gate.dispatch(List.of(held, text, others));
    assertThat(stateOf(business.id, held.getTouchId())).isEqualTo("deferred/complaint_rate");
    assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(stateOf(other.id, others.getTouchId())).isEqualTo("accepted/accepted");

    clock().advance(Duration.ofSeconds(1));
    assertThat(resume(business, "staff", NOTE)).isEqualTo(403);
    assertThat(resume(other, "owner", NOTE)).isEqualTo(409);
    assertThat(resume(business, "owner", "{\"note\":\" \"}")).isEqualTo(422);
    assertThat(breaker(business, 0).path("state").asString()).isEqualTo("paused");
    assertThat(resume(business, "owner", NOTE)).isEqualTo(200);
    assertThat(resume(business, "owner", NOTE)).isEqualTo(409);

    clock().advance(Duration.ofMinutes(15));
    TouchDue again = business.again(held, clock().instant());
    gate.dispatch(List.of(again));
    assertThat(stateOf(business.id, held.getTouchId())).isEqualTo("accepted/accepted");
    // Late complaints about what was sent before count no more.
    complain(business, mails.get(3));
    awaitJudged(business, 0, "closed", 0, 1);
    assertThat(breaker(business, 0).path("note").asString()).startsWith("The bought list");
  }

  @Test
  void opensByItselfWhenTheComplaintsAreAWeekOld() {
    Fixture business = business();
    List<TouchDue> mails = mails(business, 5);
    mails.subList(0, 3).forEach(mail -> complain(business, mail));
    awaitJudged(business, 0, "paused", 3, 5);

    clock().advance(Duration.ofDays(7).plusSeconds(1));

    awaitJudged(business, 0, "closed", 0, 0);
  }

  @Test
  void tenTextsThatCarriersFilteredHoldTheTexts() {
    Fixture business = business();
    List<TouchDue> texts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      texts.add(business.text(business.customer()));
    }
    gate.dispatch(texts);

    texts
        .subList(0, 10)
        .forEach(
            text ->
                assertThat(
                        TwilioStatusTest.tell(
                            business.id, attempt(business, text), "undelivered", "30007"))
                    .isEqualTo(204));

    awaitJudged(business, 1, "paused", 10, 12);
    TouchDue held = business.text(business.customer());
    gate.dispatch(List.of(held));
    assertThat(stateOf(business.id, held.getTouchId())).isEqualTo("deferred/complaint_rate");
  }

  private List<TouchDue> mails(Fixture business, int number) {
    List<TouchDue> mails = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      mails.add(business.mail(business.customer()));
    }
    gate.dispatch(mails);
    return mails;
  }

  /** Copies of a touch, as if so many had been sent. */
  private void sentBefore(Fixture business, TouchDue like, int number) {
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    INSERT INTO touches
                    SELECT (jsonb_populate_record(t, jsonb_build_object('touch_id', gen_random_uuid()))).*
                    FROM touches t, generate_series(1, :number) WHERE business_id = :business AND touch_id = :touch
                    """)
                .param("number", number)
                .param("business", business.id)
                .param("touch", like.getTouchId())
                .update());
  }

  private void complain(Fixture business, TouchDue mail) {
    UUID attempt = attempt(business, mail);
    byte[] body =
        """
        {"type":"email.complained","created_at":"%s","data":{"tags":{"business_id":"%s","attempt_id":"%s"}}}
        """
            .formatted(clock().instant(), business.id, attempt)
            .getBytes(StandardCharsets.UTF_8);
    String id = UUID.randomUUID().toString();
    String signature = WebhooksTest.svix(id, clock().instant(), body);
    assertThat(WebhooksTest.resend("platform", id, clock().instant(), signature, body))
        .isEqualTo(204);
  }

  private UUID attempt(Fixture business, TouchDue touch) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT attempt_id FROM touches WHERE business_id = :business AND touch_id = :touch")
                .param("business", business.id)
                .param("touch", touch.getTouchId())
                .query(UUID.class)
                .single());
  }

  private void awaitJudged(
      Fixture business, int channel, String state, int complaints, int accepted) {
    Awaitility.await()
        .untilAsserted(
            () -> {
              JsonNode breaker = breaker(business, channel);
              assertThat(
                      "%s %d/%d"
                          .formatted(
                              breaker.path("state").asString(),
                              breaker.path("complaints").asInt(),
                              breaker.path("accepted").asInt()))
                  .isEqualTo("%s %d/%d".formatted(state, complaints, accepted));
            });
  }

  private static JsonNode breaker(Fixture business, int channel) {
    return JSON.readTree(api("GET", "/api/breakers", business.id, "analyst", null).body())
        .path("breakers")
        .path(channel);
  }

  private static int resume(Fixture business, String role, String body) {
    return api("POST", "/api/breakers/email/resume", business.id, role, body).statusCode();
  }
}
