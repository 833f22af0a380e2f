package dev.aftertouch.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.chaos.check.Evidence.Accepted;
import dev.aftertouch.chaos.check.Evidence.Asked;
import dev.aftertouch.chaos.check.Evidence.Attempt;
import dev.aftertouch.chaos.check.Evidence.Buried;
import dev.aftertouch.chaos.check.Evidence.Business;
import dev.aftertouch.chaos.check.Evidence.EnrollmentFact;
import dev.aftertouch.chaos.check.Evidence.Fault;
import dev.aftertouch.chaos.check.Evidence.Outcome;
import dev.aftertouch.chaos.check.Evidence.Projected;
import dev.aftertouch.chaos.check.Evidence.Stop;
import dev.aftertouch.chaos.check.Finding.Kind;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A good run has no finding; each way of breaking it has its own. */
class CheckerTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  /** Noon in New York. */
  private static final long NOON = Instant.parse("2026-03-10T16:00:00Z").toEpochMilli();

  /** Three in the morning in New York. */
  private static final long NIGHT = Instant.parse("2026-03-11T07:00:00Z").toEpochMilli();

  private final List<Asked> asked = new ArrayList<>();
  private final List<Accepted> ledger = new ArrayList<>();
  private final List<Stop> stops = new ArrayList<>();
  private final List<EnrollmentFact> facts = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Buried> buried = new ArrayList<>();

  /** One customer of business A who got a mail and a text, as asked. */
  CheckerTest() {
    asked.add(new Asked("j1", "A", "p1@x", "+1", NEW_YORK, List.of("email", "sms"), true));
    facts.add(new EnrollmentFact("e1", "A", "j1", "EnrollmentStarted", ""));
    facts.add(new EnrollmentFact("e1", "A", "j1", "EnrollmentCompleted", ""));
    outcomes.add(sent("t1", 1, "email"));
    outcomes.add(sent("t2", 2, "sms"));
    attempts.add(new Attempt("t1", "A", "email", "accepted", "p1@x", NOON));
    attempts.add(new Attempt("t2", "A", "sms", "accepted", "+1", NOON));
    ledger.add(mail("t1", "p1@x", NOON));
    ledger.add(text("t2", "+1", NOON));
  }

  private static Outcome sent(String touch, int number, String channel) {
    return new Outcome(touch, 0, "A", "e1", number, channel, "TouchSent", "");
  }

  private static Accepted mail(String touch, String to, long at) {
    return new Accepted(at, at, "resend", to, "Sam <a@firms>", "A", touch);
  }

  private static Accepted text(String touch, String to, long at) {
    return new Accepted(at, at, "twilio", to, "+9", "A", touch);
  }

  private List<Kind> findings() {
    return findings(2);
  }

  private List<Kind> findings(long projected) {
    Evidence evidence =
        new Evidence(
            List.of(
                new Business("A", "a@firms", "+9", 3, LocalTime.of(21, 0), LocalTime.of(8, 0)),
                new Business("B", "b@firms", "+8", 3, LocalTime.of(21, 0), LocalTime.of(8, 0))),
            asked,
            stops,
            ledger,
            facts,
            outcomes,
            attempts,
            List.of(new Projected("A", projected)),
            buried,
            List.of(new Fault(NOON, "kill -9", "dispatch-service")));
    return Checker.check(evidence).findings().stream().map(Finding::kind).distinct().toList();
  }

  @Test
  void findsNothingInAGoodRun() {
    stops.add(new Stop("A", "sms", "+1", NOON, NOON + 5_000));

    assertThat(findings()).isEmpty();
  }

  @Test
  void findsAJobThatNobodyAnswered() {
    facts.clear();

    assertThat(findings()).contains(Kind.LOST);
  }

  @Test
  void findsARefusalOfAJobThatWasToBeFollowedUp() {
    facts.clear();
    facts.add(new EnrollmentFact("", "A", "j1", "EnrollmentRefused", "business_unknown"));

    assertThat(findings()).contains(Kind.LOST);
  }

  @Test
  void forgivesAJobThatTheBrokerNeverAcknowledged() {
    asked.add(new Asked("j2", "A", "p2@x", "+2", NEW_YORK, List.of("email"), false));

    assertThat(findings()).isEmpty();
  }

  @Test
  void findsATouchWithoutOutcome() {
    outcomes.removeLast();
    ledger.removeLast();

    assertThat(findings(1)).containsExactly(Kind.LOST);
  }

  @Test
  void findsATouchThatWasSkippedThoughNobodyAskedForAStop() {
    outcomes.set(1, new Outcome("t2", 0, "A", "e1", 2, "sms", "TouchSkipped", "customer_unknown"));
    ledger.removeLast();

    assertThat(findings(1)).containsExactly(Kind.LOST);
  }

  @Test
  void findsADeadLetter() {
    buried.add(new Buried("customers-2@0", "connection was closed"));

    assertThat(findings()).containsExactly(Kind.LOST);
  }

  @Test
  void findsATouchThatStaysDeferred() {
    outcomes.set(1, new Outcome("t2", 0, "A", "e1", 2, "sms", "TouchDeferred", "pacing"));
    ledger.removeLast();

    assertThat(findings(1)).containsExactly(Kind.STUCK);
  }

  @Test
  void findsAClaimThatNobodyEnded() {
    attempts.set(0, new Attempt("t1", "A", "email", "claimed", "p1@x", NOON));

    assertThat(findings()).containsExactly(Kind.STUCK);
  }

  @Test
  void findsAnEnrollmentThatNeverEnds() {
    facts.removeLast();

    assertThat(findings()).containsExactly(Kind.STUCK);
  }

  @Test
  void findsATouchThatWasAcceptedTwice() {
    ledger.add(mail("t1", "p1@x", NOON + 1));

    assertThat(findings()).containsExactly(Kind.DOUBLED);
  }

  @Test
  void findsASecondMessageUnderAnotherTouchsName() {
    ledger.add(mail("t9", "p1@x", NOON + 1));

    assertThat(findings()).contains(Kind.DOUBLED);
  }

  @Test
  void findsAClaimAfterAStop() {
    stops.add(new Stop("A", "sms", "+1", NOON - 2_000, NOON - 1));

    assertThat(findings()).containsExactly(Kind.AFTER_STOP);
  }

  @Test
  void findsAnAcceptanceLongAfterAStop() {
    stops.add(new Stop("A", "sms", "+1", NOON, NOON + 1));
    ledger.set(1, text("t2", "+1", NOON + 60_000));

    assertThat(findings()).containsExactly(Kind.AFTER_STOP);
  }

  @Test
  void findsAMessageInTheNight() {
    ledger.set(0, mail("t1", "p1@x", Instant.parse("2026-03-11T01:05:00Z").toEpochMilli()));

    assertThat(findings()).containsExactly(Kind.IN_QUIET_HOURS);
  }

  @Test
  void findsAMessageAMomentTooEarlyInTheMorning() {
    ledger.set(0, mail("t1", "p1@x", Instant.parse("2026-03-11T11:59:59Z").toEpochMilli()));

    assertThat(findings()).containsExactly(Kind.IN_QUIET_HOURS);
  }

  @Test
  void findsMoreInAnHourThanAllowed() {
    for (int i = 0; i < 3; i++) {
      String mail = "q" + i + "@x";
      asked.add(new Asked("k" + i, "A", mail, "+5" + i, NEW_YORK, List.of("email"), false));
      ledger.add(mail("q" + i, mail, NOON + i * 1_000L));
      outcomes.add(new Outcome("q" + i, 0, "A", "other" + i, 1, "email", "TouchSent", ""));
    }

    assertThat(findings(5)).containsExactly(Kind.OVER_LIMIT);
  }

  @Test
  void findsACustomerWhoHeardFromAnotherBusiness() {
    ledger.set(0, new Accepted(NOON, NOON, "resend", "p1@x", "Sam <b@firms>", "B", "t1"));

    assertThat(findings()).containsExactly(Kind.CROSS_BUSINESS);
  }

  @Test
  void findsARowOfAnotherBusiness() {
    attempts.set(0, new Attempt("t1", "B", "email", "accepted", "p1@x", NOON));

    assertThat(findings()).containsExactly(Kind.CROSS_BUSINESS);
  }

  @Test
  void findsAMessageThatNobodyAskedFor() {
    ledger.add(mail("t1", "stranger@x", NOON));
    outcomes.add(sent("t1", 1, "email"));

    assertThat(findings()).contains(Kind.UNASKED);
  }

  @Test
  void findsASendThatTheProviderDoesNotKnow() {
    ledger.removeFirst();

    assertThat(findings()).containsExactly(Kind.MISREPORTED);
  }

  @Test
  void findsAnAcceptedTouchThatWasCalledSkipped() {
    outcomes.set(0, new Outcome("t1", 0, "A", "e1", 1, "email", "TouchSkipped", "suppressed"));

    assertThat(findings(1)).containsExactly(Kind.MISREPORTED);
  }

  @Test
  void findsAProjectionThatCountsOtherwise() {
    assertThat(findings(3)).containsExactly(Kind.MISREPORTED);
  }
}
