package dev.aftertouch.dispatch.settling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.LeftOpen;
import dev.aftertouch.facts.TouchDue;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SweepClaimsTest extends DispatchGround {
  @Autowired private SweepClaims sweeper;
  @Autowired private LeftOpen gate;

  @Test
  void handsAnEmailThatACrashLeftOpenOverAgain() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    gate.claimAndCrash(List.of(touch));
    expire(business);

    sweepAll();

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(ledgerOf(business.id)).hasSize(1);
    assertThat(outcomesOf(business.id)).containsOnly(touch.getTouchId() + "/TouchSent");
  }

  @Test
  void handsAnEmailOverAgainInTheMorningWhenTheCrashWasFollowedByTheNight() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    gate.claimAndCrash(List.of(touch));
    expire(business);

    clock().advance(Duration.ofHours(11));
    sweepAll();
    assertThat(ledgerOf(business.id)).isEmpty();
    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("claimed/allowed");

    clock().advance(Duration.ofHours(13));
    expire(business);
    sweepAll();
    assertThat(ledgerOf(business.id)).hasSize(1);
    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void asksNotAgainWhenTheRecipientOptedOutAfterTheCrash() {
    Fixture business = business();
    UUID customer = UUID.randomUUID();
    business.customer(customer, "ann@mail.example", "+13035550123", Fixture.DENVER, "Ann");
    TouchDue touch = business.mail(customer);
    gate.claimAndCrash(List.of(touch));
    expire(business);
    String optOut = "{\"channel\":\"email\",\"address\":\"ann@mail.example\"}";
    assertThat(api("POST", "/api/suppressions", business.id, "staff", optOut).statusCode())
        .isEqualTo(201);

    sweepAll();

    assertThat(ledgerOf(business.id)).isEmpty();
    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("unknown/not_asked_again");
    assertThat(outcomesOf(business.id)).containsOnly(touch.getTouchId() + "/TouchUnknown");
  }

  @Test
  void handsNoEmailOverTwiceWhenTheCrashCameAfterTheProvidersYes() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    gate.sendAndCrash(List.of(touch));
    expire(business);

    sweepAll();

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(ledgerOf(business.id))
        .extracting(entry -> entry.path("outcome").asString())
        .containsExactly("accepted", "repeated");
  }

  @Test
  void makesTheSameCallAgainThatACrashLeftOpen() {
    Fixture business = business();
    List<TouchDue> mails = business.customers(3).stream().map(business::mail).toList();
    gate.sendAndCrash(mails);
    expire(business);

    sweepAll();

    assertAcceptedOnceAndAskedTwice(business, mails);
  }

  @Test
  void makesItAgainWithAllMessagesWhereTheProviderToldOfOneMeanwhile() {
    Fixture business = business();
    List<TouchDue> mails = business.customers(3).stream().map(business::mail).toList();
    gate.sendAndCrash(mails);
    expire(business);
    settle(business, mails.getFirst());

    sweepAll();

    assertAcceptedOnceAndAskedTwice(business, mails);
  }

  @Test
  void makesItNotAgainWhenOneOfItsRecipientsOptedOutAfterTheCrash() {
    Fixture business = business();
    UUID ann = UUID.randomUUID();
    business.customer(ann, "ann@batch.example", "+13035550124", Fixture.DENVER, "Ann");
    List<TouchDue> mails = List.of(business.mail(business.customer()), business.mail(ann));
    gate.claimAndCrash(mails);
    expire(business);
    String optOut = "{\"channel\":\"email\",\"address\":\"ann@batch.example\"}";
    assertThat(api("POST", "/api/suppressions", business.id, "staff", optOut).statusCode())
        .isEqualTo(201);

    sweepAll();

    assertThat(ledgerOf(business.id)).isEmpty();
    assertThat(mails)
        .extracting(mail -> state(business, mail))
        .containsOnly("unknown/not_asked_again");
  }

  @Test
  void asksForEachAloneOnceTheProviderHasRefusedTheirCall() {
    Fixture business = business();
    UUID ann = UUID.randomUUID();
    business.customer(ann, "not an address", null, Fixture.DENVER, "Ann");
    List<TouchDue> mails = List.of(business.mail(business.customer()), business.mail(ann));
    gate.claimAndCrash(mails);
    expire(business);

    sweepAll();

    assertThat(mails)
        .extracting(mail -> state(business, mail))
        .containsExactly("accepted/accepted", "rejected/rejected_by_provider");
  }

  @Test
  void makesNoCallAgainWhoseRefusalWasWrittenDown() {
    Fixture business = business();
    List<TouchDue> mails = business.customers(2).stream().map(business::mail).toList();
    gate.claimAndCrash(mails);
    tenancy.asWorker(() -> jdbc.sql("UPDATE parcels SET taken_apart = true").update());
    expire(business);

    sweepAll();

    assertThat(mails).allSatisfy(mail -> assertThat(state(business, mail)).startsWith("accepted/"));
    assertThat(ledgerOf(business.id))
        .extracting(entry -> entry.path("key").asString())
        .containsExactlyInAnyOrderElementsOf(
            attemptsOf(business.id).values().stream().map(UUID::toString).toList());
  }

  private void assertAcceptedOnceAndAskedTwice(Fixture business, List<TouchDue> mails) {
    assertThat(mails).allSatisfy(mail -> assertThat(state(business, mail)).startsWith("accepted/"));
    assertThat(ledgerOf(business.id))
        .extracting(entry -> entry.path("outcome").asString())
        .containsExactly("accepted", "accepted", "accepted", "repeated");
  }

  private String state(Fixture business, TouchDue touch) {
    return stateOf(business.id, touch.getTouchId());
  }

  private void settle(Fixture business, TouchDue touch) {
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    UPDATE touches SET state = 'accepted', reason = 'accepted'
                    WHERE business_id = :business AND touch_id = :touch
                    """)
                .param("business", business.id)
                .param("touch", touch.getTouchId())
                .update());
  }

  @Test
  void forgetsClaimsThatOthersHaveEnded() {
    Fixture business = business();
    TouchDue told = business.mail(business.customer());
    gate.claimAndCrash(List.of(told));
    TouchDue open = business.mail(business.customer());
    gate.claimAndCrash(List.of(open));
    settle(business, told);

    sweepAll();

    assertThat(flightsOf(business.id)).isEqualTo(1);
    expire(business);
    sweepAll();
    sweepAll();
    assertThat(state(business, open)).isEqualTo("accepted/accepted");
    assertThat(flightsOf(business.id)).isZero();
  }

  @Test
  void callsATextThatACrashLeftOpenUnknown() {
    Fixture business = business();
    TouchDue touch = business.text(business.customer());
    gate.claimAndCrash(List.of(touch));
    expire(business);

    sweepAll();

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("unknown/no_answer");
    assertThat(ledgerOf(business.id)).isEmpty();
    assertThat(outcomesOf(business.id)).containsOnly(touch.getTouchId() + "/TouchUnknown");
    assertThat(doubts(business)).isEqualTo(1);
  }

  @Test
  void leavesAClaimAloneBeforeItsDeadline() {
    Fixture business = business();
    TouchDue touch = business.text(business.customer());
    gate.claimAndCrash(List.of(touch));

    sweepAll();

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("claimed/allowed");
  }

  @Test
  void keepsAnEmailClaimedWhileTheProviderGivesNoClearAnswer() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    gate.sendAndCrash(List.of(touch));
    expire(business);
    sandbox(
        "PUT",
        "/sandbox/faults",
        "[{\"kind\":\"too_many_requests\",\"remaining\":\"1\",\"to\":\"c-%s\"}]"
            .formatted(touch.getCustomerId()));

    sweepAll();
    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("claimed/allowed");

    expire(business);
    sweepAll();
    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
  }

  private int doubts(Fixture business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql("SELECT count(*) FROM unknown_attempts WHERE business_id = :business")
                .param("business", business.id)
                .query(Integer.class)
                .single());
  }

  /** Other tests leave claims behind, too. */
  private void sweepAll() {
    boolean more = true;
    while (more) {
      more = sweeper.sweep();
    }
  }

  private void expire(Fixture business) {
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    "UPDATE touches SET deadline = now() - interval '1 minute' WHERE business_id = :business")
                .param("business", business.id)
                .update());
  }
}
