package dev.aftertouch.dispatch.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.facts.TouchDue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LawTest extends DispatchGround {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Noon in Denver. */
  private static final Instant SUNDAY = Instant.parse("2026-06-07T18:00:00Z");

  @Autowired private Gate gate;

  @Test
  void holdsTheFourthTextOfADayWhereTheAddressLiesUnderSuchALaw() {
    Fixture business = business();
    UUID customer = customerIn(business, "US-FL");
    TouchDue first = business.text(customer);
    gate.dispatch(List.of(first));
    clock().set(NOON.plus(Duration.ofHours(1)));
    List<TouchDue> batch = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      batch.add(business.text(customer));
    }
    TouchDue mail = business.mail(customer);
    batch.add(mail);

    gate.dispatch(batch);

    List<String> states = batch.stream().map(t -> stateOf(business.id, t.getTouchId())).toList();
    assertThat(states)
        .containsExactlyInAnyOrder(
            "accepted/accepted",
            "accepted/accepted",
            "accepted/accepted",
            "deferred/frequency_cap");
    assertThat(stateOf(business.id, mail.getTouchId())).isEqualTo("accepted/accepted");
    TouchDue fourth =
        batch.stream()
            .filter(t -> stateOf(business.id, t.getTouchId()).startsWith("deferred"))
            .findFirst()
            .orElseThrow();
    assertThat(heldUntil(fourth)).isEqualTo(NOON.plus(Duration.ofHours(24)));
    assertThat(evidence(fourth).path("law").asString()).isEqualTo("fl-cap");
    clock().set(NOON.plus(Duration.ofHours(24)));

    gate.dispatch(List.of(business.again(fourth, clock().instant())));

    assertThat(stateOf(business.id, fourth.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void sendsACanadianNothingTwoYearsAfterTheJobUntilHeHasConsentedExpressly() {
    Fixture business = business();
    UUID customer = customerIn(business, "CA-ON");
    Instant twoYearsAgo = NOON.minus(Duration.ofDays(731));
    TouchDue late = mailOfJob(business, customer, twoYearsAgo);

    gate.dispatch(List.of(late));

    assertThat(stateOf(business.id, late.getTouchId())).isEqualTo("skipped/consent_ended");
    assertThat(evidence(late).path("law").asString()).isEqualTo("ca-implied-consent-email");
    assertThat(stateAfterGrant(business, customer, "newsletter", twoYearsAgo))
        .as("granted for another purpose")
        .isEqualTo("skipped/consent_ended");
    assertThat(stateAfterGrant(business, customer, "follow_up", twoYearsAgo))
        .isEqualTo("accepted/accepted");
  }

  private String stateAfterGrant(Fixture business, UUID customer, String purpose, Instant job) {
    String grant =
        """
        {"channel":"email","address":"c-%s@mail.example","purpose":"%s","kind":"express","source":"web_form",
         "wording_version":"2026-05","ip":"203.0.113.7","granted_at":"2026-06-01T00:00:00Z"}
        """
            .formatted(customer, purpose);
    assertThat(api("POST", "/api/consent", business.id, "owner", grant).statusCode())
        .isEqualTo(201);
    TouchDue touch = mailOfJob(business, customer, job);
    gate.dispatch(List.of(touch));
    return stateOf(business.id, touch.getTouchId());
  }

  private static TouchDue mailOfJob(Fixture business, UUID customer, Instant completedAt) {
    return TouchDue.newBuilder(business.mail(customer)).setJobCompletedAt(completedAt).build();
  }

  @Test
  void countsNoTextsWhereNoLawDoes() {
    Fixture business = business();
    UUID customer = customerIn(business, "US-CO");
    List<TouchDue> batch = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      batch.add(business.text(customer));
    }

    gate.dispatch(batch);

    assertThat(batch)
        .allSatisfy(
            text ->
                assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("accepted/accepted"));
  }

  @Test
  void keepsUtahsSundayForATextWithProofAndNotForAnEMail() {
    clock().set(SUNDAY);
    Fixture business = business();
    UUID customer =
        business.customer(
            UUID.randomUUID(), "u@mail.example", "+18015550199", Fixture.DENVER, "Ann");
    TouchDue text = business.text(customer);
    TouchDue mail = business.mail(customer);

    gate.dispatch(List.of(text, mail));

    assertThat(stateOf(business.id, mail.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("deferred/quiet_hours");
    assertThat(heldUntil(text)).isEqualTo(Instant.parse("2026-06-08T14:00:00Z"));
    JsonNode evidence = evidence(text);
    assertThat(evidence.path("law").asString()).isEqualTo("ut-sunday");
    assertThat(evidence.path("jurisdiction").asString()).isEqualTo("US-UT");
    assertThat(evidence.path("law_source").asString()).isEqualTo("Utah Code 13-25a-103(3)");
    assertThat(evidence.path("law_says").asString()).isEqualTo("Utah allows no texts on Sundays");
    assertThat(evidence.path("law_version").asString()).isNotEmpty();
  }

  @Test
  void listsTheRulesWithTheirSourcesForEverybodySignedIn() {
    Fixture business = business();

    JsonNode answer = JSON.readTree(api("GET", "/api/law", business.id, "analyst", null).body());

    assertThat(answer.path("advice").asString()).contains("counsel");
    assertThat(answer.path("rules")).hasSizeGreaterThan(40);
    JsonNode florida = rule(answer, "fl-hours");
    assertThat(florida.path("says").asString())
        .isEqualTo("Florida allows texts from 08:00 to 20:00");
    assertThat(florida.path("source").asString()).isEqualTo("Fla. Stat. 501.616(6)(a)");
    assertThat(florida.path("effective_from").asString()).isEqualTo("2021-07-01");
    assertThat(florida.path("in_force").asBoolean()).isTrue();
    assertThat(rule(answer, "ut-holidays").path("holidays").toString())
        .contains("2026-07-24", "2026-11-26");
    assertThat(rule(answer, "product-email").path("basis").asString()).isEqualTo("product");
    assertThat(call(HttpRequest.newBuilder(URI.create(url("/api/law")))).statusCode())
        .isEqualTo(401);
  }

  private static JsonNode rule(JsonNode answer, String id) {
    for (JsonNode rule : answer.path("rules")) {
      if (rule.path("id").asString().equals(id)) {
        return rule;
      }
    }
    throw new AssertionError(answer);
  }

  private UUID customerIn(Fixture business, String region) {
    UUID customer = business.customer();
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    "UPDATE recipients SET region = :region WHERE business_id = :business AND customer_id = :customer")
                .param("region", region)
                .param("business", business.id)
                .param("customer", customer)
                .update());
    return customer;
  }

  private Instant heldUntil(TouchDue touch) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT held_until FROM touches WHERE business_id = :business AND touch_id = :touch")
                .param("business", touch.getBusinessId())
                .param("touch", touch.getTouchId())
                .query(Timestamp.class)
                .single()
                .toInstant());
  }

  private JsonNode evidence(TouchDue touch) {
    return JSON.readTree(
        tenancy.asWorker(
            () ->
                jdbc.sql(
                        "SELECT evidence::text FROM touches WHERE business_id = :business AND touch_id = :touch")
                    .param("business", touch.getBusinessId())
                    .param("touch", touch.getTouchId())
                    .query(String.class)
                    .single()));
  }
}
