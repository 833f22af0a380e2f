package dev.aftertouch.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.Decision.Defer;
import dev.aftertouch.engine.gate.Decision.Send;
import dev.aftertouch.engine.gate.Decision.Skip;
import dev.aftertouch.engine.gate.Forecast.Waiting;
import dev.aftertouch.engine.gate.GateFacts.Recipient;
import dev.aftertouch.engine.law.Law;
import dev.aftertouch.engine.law.Statutes;
import dev.aftertouch.engine.time.AllowedTimes;
import dev.aftertouch.engine.time.NextAllowed;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the law of a recipient's states does to a touch, with its proof. */
class GateUnderLawTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final ZoneId DENVER = ZoneId.of("America/Denver");
  private static final GatePolicy POLICY =
      new GatePolicy(
          AllowedTimes.LEGAL,
          100,
          100,
          Duration.ofDays(3),
          6,
          Duration.ZERO,
          Duration.ofMinutes(5),
          Duration.ofMinutes(15));

  @Test
  void holdsATextForFloridasEveningAndProvesIt() {
    Recipient recipient = new Recipient("a@b", "+13055550123", List.of(NEW_YORK), "phone", null);
    Instant evening = at("2026-06-02T20:30", NEW_YORK);

    assertThat(decide(text(recipient), evening))
        .isEqualTo(
            new Defer(
                at("2026-06-03T08:00", NEW_YORK),
                Reason.QUIET_HOURS,
                Map.of(
                    "rule",
                    "law",
                    "zone",
                    "America/New_York",
                    "candidate_zones",
                    "1",
                    "zone_evidence",
                    "phone",
                    "law",
                    "fl-hours",
                    "law_says",
                    "Florida allows texts from 08:00 to 20:00",
                    "law_source",
                    "Fla. Stat. 501.616(6)(a)",
                    "law_version",
                    Law.version(),
                    "jurisdiction",
                    "US-FL",
                    "candidate_jurisdictions",
                    "US-FL")));
  }

  @Test
  void letsAnEMailGoThen() {
    Recipient recipient = new Recipient("a@b", "+13055550123", List.of(NEW_YORK), "phone", "US-UT");

    assertThat(decide(mail(recipient), at("2026-06-07T20:30", NEW_YORK))).isInstanceOf(Send.class);
  }

  @Test
  void asksTheLawOfTheAddressAndOfTheNumber() {
    Instant sunday = at("2026-06-07T10:30", CHICAGO);

    assertThat(until(decide(text(person("+13125550123", "US-AL", CHICAGO)), sunday)))
        .isEqualTo(at("2026-06-08T08:00", CHICAGO));
    assertThat(until(decide(text(person("+12055550123", "US-IL", CHICAGO)), sunday)))
        .isEqualTo(at("2026-06-08T08:00", CHICAGO));
    assertThat(until(decide(text(person("+15125550123", "US-IL", CHICAGO)), sunday)))
        .isEqualTo(at("2026-06-07T12:00", CHICAGO));
    assertThat(decide(text(person("+13125550123", "US-IL", CHICAGO)), sunday))
        .isInstanceOf(Send.class);
    Decision both = decide(text(person("+15125550123", "US-AL", CHICAGO)), sunday);
    assertThat(both.evidence())
        .containsEntry("law", "al-sunday")
        .containsEntry("candidate_jurisdictions", "US-AL US-TX");
  }

  @Test
  void waitsOutAHolidayAndTheSundayBeforeIt() {
    // Saturday the 23rd of May 2026 at 22:00; Monday is Memorial Day.
    Recipient recipient = person("+18015550123", "US-UT", DENVER);

    Decision held = decide(text(recipient), at("2026-05-23T22:00", DENVER));

    assertThat(until(held)).isEqualTo(at("2026-05-26T08:00", DENVER));
    assertThat(held.evidence()).containsEntry("law", "ut-sunday").containsEntry("rule", "law");
    assertThat(decide(text(recipient), at("2026-05-25T12:00", DENVER)).evidence())
        .containsEntry("law", "ut-holidays")
        .containsEntry("law_says", "Utah allows no texts on holidays");
  }

  @Test
  void waitsForTheThirdFridayWhereTwoOfThemAreHolidays() {
    // Christmas 2026 and New Year's 2027 are Fridays.
    AllowedTimes fridays =
        AllowedTimes.of(
            null,
            new BusinessHours(
                LocalTime.of(9, 0), LocalTime.of(17, 0), EnumSet.of(DayOfWeek.FRIDAY), null));

    assertThat(
            fridays.next(
                at("2026-12-18T18:00", DENVER),
                List.of(DENVER),
                Statutes.of(Channel.SMS, "US-UT", null)))
        .isInstanceOfSatisfying(
            NextAllowed.At.class,
            opening -> assertThat(opening.instant()).isEqualTo(at("2027-01-08T09:00", DENVER)));
  }

  @Test
  void knowsWhenALawBegan() {
    Recipient recipient = person("+15035550123", "US-OR", ZoneId.of("America/Los_Angeles"));
    ZoneId zone = recipient.zones().getFirst();

    assertThat(decide(text(recipient), at("2025-12-31T20:30", zone))).isInstanceOf(Send.class);
    assertThat(decide(text(recipient), at("2026-01-02T20:30", zone))).isInstanceOf(Defer.class);
  }

  @Test
  void takesTheStrictestHoursOfAllStatesButNoClosedDayWhereNobodyKnowsTheState() {
    Recipient anywhere = person("+18005550123", null, CHICAGO);

    assertThat(until(decide(text(anywhere), at("2026-06-05T09:30", CHICAGO))))
        .isEqualTo(at("2026-06-05T10:00", CHICAGO));
    assertThat(until(decide(text(anywhere), at("2026-06-05T18:00", CHICAGO))))
        .isEqualTo(at("2026-06-06T10:00", CHICAGO));
    assertThat(decide(text(anywhere), at("2026-06-07T13:00", CHICAGO))).isInstanceOf(Send.class);
    assertThat(decide(text(anywhere), at("2026-06-07T13:00", CHICAGO)).reason())
        .isEqualTo(Reason.ALLOWED);
    assertThat(Statutes.of(Channel.SMS, null, "+18005550123").candidates()).containsExactly("US-*");
    assertThat(Statutes.of(Channel.SMS, "US-CO", "+18005550123").candidates())
        .containsExactly("US-CO");
  }

  @Test
  void sendsNoFourthTextIn24HoursWhereTheLawCountsThem() {
    Recipient recipient = person("+13055550123", "US-FL", NEW_YORK);
    Instant now = at("2026-06-03T10:00", NEW_YORK);
    Instant third = at("2026-06-02T11:30", NEW_YORK);
    Instant[] texts = {now.minusSeconds(60), now.minusSeconds(3600), third};

    Decision held = decide(text(recipient).texts(texts), now);

    assertThat(held)
        .isEqualTo(
            new Defer(
                third.plus(Duration.ofHours(24)),
                Reason.FREQUENCY_CAP,
                Map.of(
                    "rule",
                    "law",
                    "texts_in_24_hours",
                    "3",
                    "law",
                    "fl-cap",
                    "law_says",
                    "Florida allows 3 texts to a person in 24 hours",
                    "law_source",
                    "Fla. Stat. 501.616(6)(b)",
                    "law_version",
                    Law.version(),
                    "jurisdiction",
                    "US-FL",
                    "candidate_jurisdictions",
                    "US-FL")));
    assertThat(decide(text(recipient).texts(texts), third.plus(Duration.ofHours(24))))
        .isInstanceOf(Send.class);
    assertThat(decide(text(recipient).texts(now, now), now)).isInstanceOf(Send.class);
    assertThat(decide(text(person("+13035550123", "US-CO", NEW_YORK)).texts(texts), now))
        .isInstanceOf(Send.class);
    assertThat(decide(mail(recipient).texts(texts), now)).isInstanceOf(Send.class);
  }

  @Test
  void sendsCanadiansNothingTwoYearsAfterTheJobUnlessTheyConsentedExpressly() {
    Recipient byAddress = person("+12125550123", "CA-ON", NEW_YORK);
    Recipient byNumber = person("+14165550123", "US-NY", NEW_YORK);
    Recipient american = person("+12125550123", "US-NY", NEW_YORK);
    Instant now = at("2026-06-03T12:00", NEW_YORK);
    Instant twoYears = at("2024-06-03T12:00", NEW_YORK);
    Instant justIn = twoYears.plusSeconds(1);

    for (Recipient canadian : List.of(byAddress, byNumber)) {
      Decision skipped = decide(mail(canadian).ofJob(twoYears), now);
      assertThat(skipped).isInstanceOf(Skip.class);
      assertThat(skipped.reason()).isEqualTo(Reason.CONSENT_ENDED);
      assertThat(skipped.evidence())
          .containsEntry("law", "ca-implied-consent-email")
          .containsEntry("job_completed_at", twoYears.toString())
          .containsEntry("consent_ended_at", now.toString());
      assertThat(decide(text(canadian).ofJob(twoYears), now).reason())
          .isEqualTo(Reason.CONSENT_ENDED);
      assertThat(decide(mail(canadian).ofJob(justIn), now)).isInstanceOf(Send.class);
      assertThat(decide(mail(canadian).ofJob(twoYears).expressConsent(), now))
          .isInstanceOf(Send.class);
      assertThat(decide(mail(canadian), now)).isInstanceOf(Send.class);
    }
    assertThat(decide(mail(american).ofJob(twoYears), now)).isInstanceOf(Send.class);
  }

  @Test
  void holdsACountedTextUntilTheNextWindow() {
    Recipient recipient = person("+14055550123", "US-OK", CHICAGO);
    Instant now = at("2026-06-03T10:00", CHICAGO);
    Instant third = at("2026-06-02T19:59:30", CHICAGO).plusSeconds(60);

    assertThat(until(decide(text(recipient).texts(now, now, third), now)))
        .isEqualTo(at("2026-06-04T08:00", CHICAGO));
  }

  @Test
  void closesAHandOverWithTheStatesWindow() {
    Statutes law = Statutes.of(Channel.SMS, "US-FL", null);
    Instant late = at("2026-06-02T19:59:30", NEW_YORK);

    assertThat(
            Validity.of(AllowedTimes.LEGAL, List.of(NEW_YORK), law, late, Duration.ofSeconds(45)))
        .isEqualTo(new Validity(Duration.ofSeconds(30), 1));
  }

  @Test
  void foretellsAQueueThatWaitsOutTheSundayAndTheHoliday() {
    Statutes law = Statutes.of(Channel.SMS, "US-UT", null);
    Function<Instant, @Nullable Instant> window =
        from ->
            AllowedTimes.LEGAL.next(from, List.of(DENVER), law) instanceof NextAllowed.At at
                ? at.instant()
                : null;

    Forecast forecast =
        Forecast.of(
            new Pacing(), 1, new Waiting(0, null, 2), window, at("2026-05-23T20:30", DENVER));

    assertThat(forecast)
        .isEqualTo(new Forecast(2, at("2026-05-26T08:00", DENVER), at("2026-05-26T09:01", DENVER)));
  }

  private static TouchFacts text(Recipient recipient) {
    return new TouchFacts().text().recipient(recipient);
  }

  private static TouchFacts mail(Recipient recipient) {
    return new TouchFacts().recipient(recipient);
  }

  private static Recipient person(String phone, @Nullable String region, ZoneId zone) {
    return new Recipient("a@b", phone, List.of(zone), "address", region);
  }

  private static Decision decide(TouchFacts facts, Instant now) {
    return Gate.decide(facts.dueUnlessSaid(now).build(), POLICY, new Pacing(), now);
  }

  private static Instant until(Decision decision) {
    return ((Defer) decision).until();
  }

  private static Instant at(String local, ZoneId zone) {
    return LocalDateTime.parse(local).atZone(zone).toInstant();
  }
}
