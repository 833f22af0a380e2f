package dev.aftertouch.dispatch.gating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.sending.ProviderAnswer;
import dev.aftertouch.dispatch.settling.Claim;
import dev.aftertouch.dispatch.settling.Flight;
import dev.aftertouch.dispatch.settling.SettleTouches;
import dev.aftertouch.dispatch.settling.SettleTouches.Ended;
import dev.aftertouch.facts.TouchDue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the sweeper has to look at: claims without an end, and no others. */
class ClaimsInFlightTest extends DispatchGround {
  @Autowired private DispatchTouches dispatch;
  @Autowired private DecideTouches decide;
  @Autowired private SettleTouches settle;

  @Test
  void areNotedWithTheirClaimsAndForgottenWithTheirEnds() {
    Fixture business = business();
    List<TouchDue> touches =
        List.of(business.mail(business.customer()), business.text(business.customer()));

    Flight flight = decide.decide(touches, NOON).flight();
    assertThat(flightsOf(business.id)).isEqualTo(1);
    settle.settle(flight, flight.claims().stream().map(this::accepted).toList());

    assertThat(flightsOf(business.id)).isZero();
  }

  @Test
  void stayNotedWhileOneOfThemHasNoEnd() {
    Fixture business = business();
    List<TouchDue> mails = business.customers(2).stream().map(business::mail).toList();

    Flight flight = decide.decide(mails, NOON).flight();
    settle.settle(
        flight,
        List.of(
            accepted(flight.claims().getFirst()),
            new Ended(flight.claims().getLast(), new ProviderAnswer.Unknown("no_answer"))));

    assertThat(flightsOf(business.id)).isEqualTo(1);
  }

  @Test
  void areNotNotedWhereNothingWasClaimed() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());

    dispatch.dispatch(List.of(touch));
    dispatch.dispatch(List.of(touch));

    assertThat(flightsOf(business.id)).isZero();
  }

  private Ended accepted(Claim claim) {
    return new Ended(
        claim, new ProviderAnswer.Accepted(List.of("m-" + claim.handover().attempt())));
  }
}
