package dev.aftertouch.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.engine.business.BusinessSettings.Links;
import dev.aftertouch.engine.business.BusinessSettings.QuietHours;
import dev.aftertouch.engine.business.BusinessSettings.Sender;
import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.gate.Decision.Defer;
import dev.aftertouch.engine.gate.Decision.Send;
import dev.aftertouch.engine.gate.Decision.Skip;
import dev.aftertouch.engine.gate.GateFacts.CampaignStanding;
import dev.aftertouch.engine.gate.GateFacts.Content;
import dev.aftertouch.engine.gate.GateFacts.Recipient;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.engine.law.Law;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTest {
  /** 12:00 in New York, 09:00 in Los Angeles. */
  static final Instant NOON = Instant.parse("2026-06-01T16:00:00Z");

  private static final Instant NIGHT = Instant.parse("2026-06-02T03:00:00Z");
  private static final Instant EIGHT = Instant.parse("2026-06-02T12:00:00Z");
  static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final BusinessSettings BUSINESS =
      new BusinessSettings(
          "America/New_York",
          "US",
          "1 Main St",
          new Sender("Sam", "sam@example.com", null, "+12125550100", EmailProvider.RESEND),
          new Links(null, null, null),
          BusinessSettings.DEFAULT_QUIET_HOURS,
          new BusinessSettings.Pacing(2, 1),
          Map.of(),
          BusinessSettings.DEFAULT_COOLDOWN,
          BusinessSettings.DEFAULT_MAXIMUM_JOB_AGE,
          BusinessSettings.DEFAULT_MINIMUM_GAP,
          BusinessSettings.DEFAULT_ON_UNKNOWN);
  static final GatePolicy POLICY = GatePolicy.of(BUSINESS, null);
  private static final Decision SENT = new Send(Reason.ALLOWED, Map.of());

  @Test
  void sendsWhatNoRuleObjectsTo() {
    assertThat(decide(new TouchFacts(), NOON)).isEqualTo(SENT);
    assertThat(decide(new TouchFacts().text(), NOON)).isEqualTo(SENT);
  }

  @Test
  void skipsForEachReasonThatEndsATouch() {
    assertThat(decide(new TouchFacts().stopped(StopReason.REVIEW_CLICKED), NOON))
        .isEqualTo(new Skip(Reason.ENROLLMENT_STOPPED, Map.of("stop_reason", "review_clicked")));
    assertThat(decide(new TouchFacts().businessUnknown(), NOON))
        .isEqualTo(new Skip(Reason.BUSINESS_UNKNOWN, Map.of()));
    assertThat(decide(new TouchFacts().campaign(CampaignStanding.NOT_ACTIVE), NOON).reason())
        .isEqualTo(Reason.CAMPAIGN_NOT_ACTIVE);
    assertThat(decide(new TouchFacts().campaign(CampaignStanding.UNKNOWN), NOON).reason())
        .isEqualTo(Reason.CAMPAIGN_NOT_ACTIVE);
    assertThat(decide(new TouchFacts().recipient(null), NOON))
        .isEqualTo(new Skip(Reason.CUSTOMER_UNKNOWN, Map.of()));
    assertThat(decide(new TouchFacts().recipient(recipient(null, "+1", NEW_YORK)), NOON))
        .isEqualTo(new Skip(Reason.NO_ADDRESS, Map.of("channel", "email")));
    assertThat(decide(new TouchFacts().text().recipient(recipient("a@b", " ", NEW_YORK)), NOON))
        .isEqualTo(new Skip(Reason.NO_ADDRESS, Map.of("channel", "sms")));
    assertThat(decide(new TouchFacts().suppressed("hard_bounce"), NOON))
        .isEqualTo(new Skip(Reason.SUPPRESSED, Map.of("suppression", "hard_bounce")));
    assertThat(decide(new TouchFacts().notConfigured(), NOON))
        .isEqualTo(new Skip(Reason.CHANNEL_NOT_CONFIGURED, Map.of("channel", "email")));
    assertThat(decide(new TouchFacts().content(new Content.Incomplete("first_name")), NOON))
        .isEqualTo(new Skip(Reason.MISSING_VARIABLE, Map.of("variable", "first_name")));
    assertThat(decide(new TouchFacts().content(new Content.Ready(7)), NOON))
        .isEqualTo(new Skip(Reason.TOO_MANY_SEGMENTS, Map.of("segments", "7", "limit", "6")));
  }

  @Test
  void letsATouchWaitWhileATextOrAClickIsNotUnderstoodYet() {
    Map<String, String> evidence = Map.of("asked_again_after", "PT15M");
    Instant again = NOON.plus(Duration.ofMinutes(15));

    assertThat(decide(new TouchFacts().suppressed(GateFacts.IN_REVIEW), NOON))
        .isEqualTo(new Defer(again, Reason.IN_REVIEW, evidence));
    assertThat(decide(new TouchFacts().suppressed(GateFacts.CLICK_IN_DOUBT), NOON))
        .isEqualTo(new Defer(again, Reason.CLICK_IN_DOUBT, evidence));
    assertThat(decide(new TouchFacts().suppressed(GateFacts.COMPLAINT_RATE), NOON))
        .isEqualTo(new Defer(again, Reason.COMPLAINT_RATE, evidence));
  }

  @Test
  void skipsWhatIsMoreThanThreeDaysOverdue() {
    assertThat(decide(new TouchFacts().due(NOON.minus(Duration.ofHours(72))), NOON))
        .isEqualTo(SENT);
    assertThat(decide(new TouchFacts().due(NOON.minus(Duration.ofHours(72)).minusSeconds(1)), NOON))
        .isEqualTo(new Skip(Reason.TOO_LATE, Map.of("late", "PT72H1S", "limit", "PT72H")));
  }

  @Test
  void letsATouchOfAHeldCampaignWait() {
    assertThat(decide(new TouchFacts().campaign(CampaignStanding.HELD), NOON))
        .isEqualTo(
            new Defer(
                NOON.plus(Duration.ofMinutes(15)),
                Reason.CAMPAIGN_HELD,
                Map.of("asked_again_after", "PT15M")));
  }

  @Test
  void defersToEightInTheCustomersZoneOnBothChannels() {
    assertThat(decide(new TouchFacts(), NIGHT))
        .isEqualTo(
            new Defer(
                EIGHT,
                Reason.QUIET_HOURS,
                Map.of(
                    "rule",
                    "law",
                    "zone",
                    "America/New_York",
                    "candidate_zones",
                    "1",
                    "zone_evidence",
                    "address",
                    "law",
                    "product-email",
                    "law_says",
                    "the product allows e-mails from 08:00 to 21:00",
                    "law_source",
                    "Product rule: docs/decisions/0016-which-law-holds.md",
                    "law_version",
                    Law.version(),
                    "jurisdiction",
                    "*",
                    "candidate_jurisdictions",
                    "")));
    assertThat(decide(new TouchFacts().text(), NIGHT))
        .isEqualTo(
            new Defer(
                EIGHT,
                Reason.QUIET_HOURS,
                Map.of(
                    "rule",
                    "law",
                    "zone",
                    "America/New_York",
                    "candidate_zones",
                    "1",
                    "zone_evidence",
                    "address",
                    "law",
                    "us-hours",
                    "law_says",
                    "the United States allows texts from 08:00 to 21:00",
                    "law_source",
                    "47 CFR 64.1200(c)(1); 16 CFR 310.4(c)",
                    "law_version",
                    Law.version(),
                    "jurisdiction",
                    "US",
                    "candidate_jurisdictions",
                    "US-NY")));
  }

  @Test
  void defersToTheCommonHoursOfAnUnknownZone() {
    Decision held =
        decide(
            new TouchFacts().recipient(new Recipient("a@b", null, List.of(), "unknown", null)),
            NIGHT);

    assertThat(until(held)).isEqualTo(Instant.parse("2026-06-02T18:00:00Z"));
    assertThat(held.reason()).isEqualTo(Reason.QUIET_HOURS);
    assertThat(held.evidence())
        .containsEntry("zone", "Pacific/Honolulu")
        .containsEntry("candidate_zones", "8")
        .containsEntry("zone_evidence", "unknown");
  }

  @Test
  void namesTheBusinessHoursWhenTheyDecide() {
    BusinessHours weekdays =
        new BusinessHours(
            LocalTime.of(9, 0),
            LocalTime.of(17, 0),
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            null);
    Decision decision =
        Gate.decide(
            new TouchFacts().build(), GatePolicy.of(BUSINESS, weekdays), new Pacing(), NIGHT);

    assertThat(decision.reason()).isEqualTo(Reason.BUSINESS_HOURS);
    assertThat(((Defer) decision).until()).isEqualTo(Instant.parse("2026-06-02T13:00:00Z"));
  }

  @Test
  void skipsWhatCouldNeverLeave() {
    BusinessSettings narrow = withQuiet(new QuietHours(LocalTime.of(9, 0), LocalTime.of(8, 0)));
    Recipient apart = recipient("a@b", null, NEW_YORK, ZoneId.of("America/Los_Angeles"));

    assertThat(
            Gate.decide(
                new TouchFacts().recipient(apart).build(),
                GatePolicy.of(narrow, null),
                new Pacing(),
                NOON))
        .isInstanceOf(Skip.class)
        .extracting(Decision::reason)
        .isEqualTo(Reason.QUIET_HOURS);
  }

  @Test
  void givesTheSlotAfterTheLimitAndSendsItThenWithoutAnother() {
    Pacing ledger = new Pacing();
    assertThat(Gate.decide(new TouchFacts().text().build(), POLICY, ledger, NOON)).isEqualTo(SENT);

    Decision deferred = Gate.decide(new TouchFacts().text().build(), POLICY, ledger, NOON);

    Instant slot = Instant.parse("2026-06-01T17:01:00Z");
    assertThat(deferred)
        .isEqualTo(new Defer(slot, Reason.PACING, Map.of("channel", "sms", "limit_per_hour", "1")));
    assertThat(
            Gate.decide(
                new TouchFacts().text().due(slot).slot(slot).build(),
                POLICY,
                ledger,
                slot.plusSeconds(5)))
        .isEqualTo(SENT);
    assertThat(ledger.version()).isEqualTo(2);
  }

  @Test
  void keepsTheSlotOfATouchThatComesBackTooEarly() {
    Instant slot = NOON.plusSeconds(600);
    Pacing ledger = new Pacing();

    assertThat(Gate.decide(new TouchFacts().slot(slot).build(), POLICY, ledger, NOON))
        .isEqualTo(
            new Defer(slot, Reason.PACING, Map.of("channel", "email", "limit_per_hour", "2")));
    assertThat(ledger.version()).isZero();
  }

  @Test
  void reservesTheSlotAtTheOpeningForWhatWaitsForTheMorning() {
    Pacing ledger = new Pacing();
    assertThat(until(Gate.decide(new TouchFacts().text().build(), POLICY, ledger, NIGHT)))
        .isEqualTo(EIGHT);
    assertThat(until(Gate.decide(new TouchFacts().text().build(), POLICY, ledger, NIGHT)))
        .isEqualTo(EIGHT.plus(Duration.ofMinutes(61)));
  }

  @Test
  void givesANewSlotWhenTheWindowHasClosedAgain() {
    Pacing ledger = new Pacing();
    Instant evening = Instant.parse("2026-06-02T00:59:00Z");

    assertThat(
            until(
                Gate.decide(
                    new TouchFacts().due(evening).slot(evening).build(), POLICY, ledger, NIGHT)))
        .isEqualTo(EIGHT);
    assertThat(ledger.version()).isEqualTo(1);
  }

  @Test
  void sendsNothingOnAChannelWhoseLimitIsZero() {
    BusinessSettings none =
        new BusinessSettings(
            BUSINESS.timeZone(),
            BUSINESS.country(),
            BUSINESS.postalAddress(),
            BUSINESS.sender(),
            BUSINESS.links(),
            BUSINESS.quietHours(),
            new BusinessSettings.Pacing(0, 0),
            BUSINESS.timings(),
            BUSINESS.cooldown(),
            BUSINESS.maximumJobAge(),
            BUSINESS.minimumGap(),
            BUSINESS.onUnknown());

    assertThat(
            Gate.decide(new TouchFacts().build(), GatePolicy.of(none, null), new Pacing(), NOON)
                .reason())
        .isEqualTo(Reason.PACING);
    assertThat(
            Gate.decide(new TouchFacts().build(), GatePolicy.of(none, null), new Pacing(), NIGHT))
        .isInstanceOf(Skip.class);
  }

  @Test
  void keepsTheLeastGapBetweenTwoTouches() {
    GatePolicy daily = POLICY.withMinimumGap(Duration.ofHours(24));
    Instant last = NOON.minus(Duration.ofHours(14));

    assertThat(Gate.decide(new TouchFacts().lastSent(last).build(), daily, new Pacing(), NOON))
        .isEqualTo(
            new Defer(
                EIGHT,
                Reason.FREQUENCY_CAP,
                Map.of("last_touch_at", last.toString(), "minimum_gap", "PT24H")));
    assertThat(
            Gate.decide(
                new TouchFacts().lastSent(NOON.minus(Duration.ofHours(24))).build(),
                daily,
                new Pacing(),
                NOON))
        .isEqualTo(SENT);
  }

  @Test
  void rendersNothingForATouchThatWaits() {
    Supplier<Content> unexpected =
        () -> {
          throw new AssertionError("rendered");
        };
    assertThat(decide(new TouchFacts().content(unexpected), NIGHT)).isInstanceOf(Defer.class);
    assertThat(decide(new TouchFacts().content(unexpected).suppressed("stop"), NOON))
        .isInstanceOf(Skip.class);
  }

  @Test
  void decidesATouchTwiceAtMostAndNeverSendsInTheNightOrOverTheLimit() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<ZoneId> zones =
          List.of(NEW_YORK, ZoneId.of("America/Denver"), ZoneId.of("Pacific/Honolulu"));
      Pacing ledger = new Pacing();
      for (int i = 0; i < 100; i++) {
        ZoneId zone = zones.get(random.nextInt(3));
        Instant now = NOON.plus(Duration.ofMinutes(i * 7L + random.nextInt(3)));
        TouchFacts facts = new TouchFacts().recipient(recipient("a@b", null, zone));
        Decision first = Gate.decide(facts.due(now).build(), POLICY, ledger, now);
        if (first instanceof Defer later) {
          Instant slot = later.until();
          Decision second =
              Gate.decide(facts.due(slot).slot(slot).build(), POLICY, ledger, slot.plusSeconds(20));
          assertThat(second).as("seed %d touch %d", seed, i).isEqualTo(SENT);
          now = slot;
        }
        int hour = now.atZone(zone).getHour();
        assertThat(hour).as("seed %d touch %d", seed, i).isBetween(8, 20);
      }
      assertThat(ledger.version()).isEqualTo(100);
    }
  }

  @Test
  void derivesIdsThatNeverChange() {
    var enrollment = java.util.UUID.fromString("00000000-0000-4000-8000-000000000001");
    var touch = TouchIds.touchId(enrollment, "thank-you");

    assertThat(touch)
        .isEqualTo(TouchIds.touchId(enrollment, "thank-you"))
        .isNotEqualTo(TouchIds.touchId(enrollment, "reminder"));
    assertThat(touch.version()).isEqualTo(3);
  }

  private static Decision decide(TouchFacts facts, Instant now) {
    return Gate.decide(facts.dueUnlessSaid(now).build(), POLICY, new Pacing(), now);
  }

  private static Instant until(Decision decision) {
    return ((Defer) decision).until();
  }

  static Recipient recipient(@Nullable String email, @Nullable String phone, ZoneId... zones) {
    return new Recipient(email, phone, List.of(zones), "address", null);
  }

  private static BusinessSettings withQuiet(QuietHours quiet) {
    return new BusinessSettings(
        BUSINESS.timeZone(),
        BUSINESS.country(),
        BUSINESS.postalAddress(),
        BUSINESS.sender(),
        BUSINESS.links(),
        quiet,
        BUSINESS.pacing(),
        BUSINESS.timings(),
        BUSINESS.cooldown(),
        BUSINESS.maximumJobAge(),
        BUSINESS.minimumGap(),
        BUSINESS.onUnknown());
  }
}
