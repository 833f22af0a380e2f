package dev.aftertouch.dispatch.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.service.kafka.TryAgainException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class DispatchTouchesTest extends DispatchGround {
  @Autowired private DispatchTouches dispatch;

  @Test
  void handsNothingOverThatMightArriveAfterTheWindow() {
    Fixture business = business();
    clock().set(NOON.plus(Duration.ofHours(9)).minusMillis(1_500));
    TouchDue touch = business.text(business.customer());

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("deferred/provider_unavailable");
    assertThat(ledgerOf(business.id)).isEmpty();
  }

  @Test
  void sendsAnEmailWithOurIdsAndTheBusinesssWords() {
    Fixture business = business();
    UUID customer = business.customer();
    TouchDue touch = business.mail(customer);

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
    List<JsonNode> ledger = ledgerOf(business.id);
    assertThat(ledger).hasSize(1);
    assertThat(ledger.getFirst().path("outcome").asString()).isEqualTo("accepted");
    assertThat(payloadOf(touch))
        .contains("Hello Ann", "Summit Home Services", "List-Unsubscribe-Post", "/l/", "/f/", "/u/")
        .contains("1 Main St, Denver")
        .doesNotContain("reviews.example");
  }

  @Test
  void sendsWhatAVersionSaysThatHasNotArrivedButIsKnown() {
    Fixture business = business();
    TouchDue known = business.mail(business.customer());
    dispatch.dispatch(List.of(known));
    UUID definition = definitionOf(business);
    TouchDue early =
        TouchDue.newBuilder(business.mail(business.customer()))
            .setVersion(2)
            .setDefinitionId(definition)
            .build();

    dispatch.dispatch(List.of(early));

    assertThat(stateOf(business.id, early.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(payloadOf(early)).contains("Hello Ann");
    assertThat(read(Topics.TOUCH_OUTCOMES))
        .filteredOn(
            told ->
                told instanceof TouchOutcome outcome
                    && outcome.getTouchId().equals(early.getTouchId()))
        .singleElement()
        .satisfies(
            told -> assertThat(((TouchOutcome) told).getDefinitionId()).isEqualTo(definition));
  }

  @Test
  void looksUpAVersionWhoseWordsAreNotKnown() {
    Fixture business = business();
    TouchDue touch =
        TouchDue.newBuilder(business.mail(business.customer()))
            .setDefinitionId(UUID.randomUUID())
            .build();

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void sendsATextWithItsStatusCallback() {
    Fixture business = business();
    TouchDue touch = business.text(business.customer());

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(payloadOf(touch)).contains("StatusCallback=", "ValidityPeriod=32395", "Hi+Ann");
    assertThat(ledgerOf(business.id)).hasSize(1);
  }

  @Test
  void sendsByMailServerWhereTheBusinessSaysSo() {
    Fixture business = business().settings(EmailProvider.SMTP, 100, 100);
    TouchDue touch = business.mail(business.customer());

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(payloadOf(touch)).contains("Message-ID: <", "List-Unsubscribe: <http");
  }

  @Test
  void holdsATouchForTheNightAndSendsItInTheMorning() {
    Fixture business = business();
    clock().set(Instant.parse("2026-06-10T04:30:00Z"));
    TouchDue touch = business.text(business.customer());

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("deferred/quiet_hours");
    Instant morning = Instant.parse("2026-06-10T14:00:00Z");
    assertThat(heldUntil(touch)).isEqualTo(morning);
    clock().set(morning);

    dispatch.dispatch(List.of(business.again(touch, morning)));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(ledgerOf(business.id)).hasSize(1);
  }

  @Test
  void pacesAHundredAnHourAndGivesTheRestTheirSlotsOnce() {
    Fixture business = business();
    List<TouchDue> touches = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      touches.add(business.text(business.customer()));
    }

    dispatch.dispatch(touches);

    assertThat(count(business, "accepted")).isEqualTo(100);
    assertThat(count(business, "deferred")).isEqualTo(30);
    assertThat(ledgerOf(business.id)).hasSize(100);
    List<TouchDue> again = new ArrayList<>();
    for (TouchDue touch : touches) {
      if (stateOf(business.id, touch.getTouchId()).equals("deferred/pacing")) {
        assertThat(heldUntil(touch)).isAfter(NOON.plus(Duration.ofMinutes(59)));
        again.add(business.again(touch, heldUntil(touch)));
      }
    }
    assertThat(again).hasSize(30);
    clock().set(NOON.plus(Duration.ofHours(2)));

    dispatch.dispatch(again);

    assertThat(count(business, "accepted")).isEqualTo(130);
  }

  @Test
  void endsAnOutageWithoutABurst() {
    Fixture business = business();
    List<TouchDue> touches = new ArrayList<>();
    for (int i = 0; i < 230; i++) {
      touches.add(business.text(business.customer()));
    }
    dispatch.dispatch(touches);
    assertThat(count(business, "accepted")).isEqualTo(100);
    // 100 have slots at 61 minutes, 30 at 122; the dispatcher is back at 123.
    Instant back = NOON.plus(Duration.ofMinutes(123));
    clock().set(back);

    dispatch.dispatch(deferred(business, touches, back));

    // Of the 130 only those of the last slot leave in it, the others within the limit of the hour.
    assertThat(count(business, "accepted")).isEqualTo(200);
    assertThat(ledgerOf(business.id)).hasSize(200);
    Instant next = NOON.plus(Duration.ofMinutes(184));
    clock().set(next);

    dispatch.dispatch(deferred(business, touches, next));

    assertThat(count(business, "accepted")).isEqualTo(230);
  }

  /** The next rounds of those that have come due by then. */
  private List<TouchDue> deferred(Fixture business, List<TouchDue> touches, Instant by) {
    List<TouchDue> again = new ArrayList<>();
    for (TouchDue touch : touches) {
      if (stateOf(business.id, touch.getTouchId()).startsWith("deferred/")
          && !heldUntil(touch).isAfter(by)) {
        again.add(
            business.due(
                touch.getCustomerId(),
                touch.getEnrollmentId(),
                touch.getStepId(),
                roundOf(touch) + 1,
                heldUntil(touch)));
      }
    }
    return again;
  }

  private int roundOf(TouchDue touch) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT round FROM touches WHERE business_id = :business AND touch_id = :touch")
                .param("business", touch.getBusinessId())
                .param("touch", touch.getTouchId())
                .query(Integer.class)
                .single());
  }

  @Test
  void skipsWithAReason() {
    Fixture business = business();
    TouchDue noAddress =
        business.mail(business.customer(UUID.randomUUID(), null, null, Fixture.DENVER, "Ann"));
    TouchDue noName =
        business.mail(
            business.customer(UUID.randomUUID(), "x@mail.example", null, Fixture.DENVER, null));
    TouchDue stopped = business.mail(business.customer());
    stop(business, stopped);

    dispatch.dispatch(List.of(noAddress, noName, stopped));

    assertThat(stateOf(business.id, noAddress.getTouchId())).isEqualTo("skipped/no_address");
    assertThat(stateOf(business.id, noName.getTouchId())).isEqualTo("skipped/missing_variable");
    assertThat(stateOf(business.id, stopped.getTouchId())).isEqualTo("skipped/enrollment_stopped");
    assertThat(ledgerOf(business.id)).isEmpty();
  }

  @Test
  void skipsWhenTheCampaignNoLongerSends() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    tenancy.asWorker(
        () ->
            jdbc.sql("UPDATE campaigns SET status = 'paused' WHERE business_id = :business")
                .param("business", business.id)
                .update());

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("skipped/campaign_not_active");
  }

  @Test
  void answersARepeatFromWhatIsStoredAndSendsOnce() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());

    dispatch.dispatch(List.of(touch, touch));
    dispatch.dispatch(List.of(touch));
    dispatch.dispatch(List.of(touch));

    assertThat(ledgerOf(business.id)).hasSize(1);
    assertThat(outcomesOf(business.id)).hasSize(3).containsOnly(touch.getTouchId() + "/TouchSent");
  }

  @Test
  void waitsForACustomerOnlySoLong() {
    Fixture business = business();
    TouchDue touch = business.mail(UUID.randomUUID());

    assertThatThrownBy(() -> dispatch.dispatch(List.of(touch)))
        .isInstanceOf(TryAgainException.class);

    // The replicas must have taken in what other tests have published, too.
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .ignoreException(TryAgainException.class)
        .untilAsserted(
            () -> {
              dispatch.dispatch(List.of(touch));
              assertThat(stateOf(business.id, touch.getTouchId()))
                  .isEqualTo("skipped/customer_unknown");
            });
  }

  private String payloadOf(TouchDue touch) {
    return Objects.requireNonNull(frozenOf(touch.getBusinessId()).get(touch.getTouchId()));
  }

  private Instant heldUntil(TouchDue touch) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT held_until FROM touches WHERE business_id = :business AND touch_id = :touch")
                .param("business", touch.getBusinessId())
                .param("touch", touch.getTouchId())
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant());
  }

  private int count(Fixture business, String state) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT count(*) FROM touches WHERE business_id = :business AND state = :state")
                .param("business", business.id)
                .param("state", state)
                .query(Integer.class)
                .single());
  }

  private void stop(Fixture business, TouchDue touch) {
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    "INSERT INTO stopped_enrollments VALUES (:business, :enrollment, 'owner_stopped', now())")
                .param("business", business.id)
                .param("enrollment", touch.getEnrollmentId())
                .update());
  }

  private UUID definitionOf(Fixture business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    SELECT encode(substring(digest FOR 16), 'hex')::uuid FROM campaign_versions
                    WHERE business_id = :business
                    """)
                .param("business", business.id)
                .query(UUID.class)
                .single());
  }
}
