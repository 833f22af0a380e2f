package dev.aftertouch.engine.journey;

import static dev.aftertouch.engine.definition.CampaignStatus.ACTIVE;
import static dev.aftertouch.engine.definition.CampaignStatus.ARCHIVED;
import static dev.aftertouch.engine.definition.CampaignStatus.DRAFT;
import static dev.aftertouch.engine.definition.CampaignStatus.PAUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.engine.definition.CampaignSettings.Reenrollment;
import dev.aftertouch.engine.definition.CampaignStatus;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.engine.journey.Enrolling.Answer;
import dev.aftertouch.engine.journey.Enrolling.Enroll;
import dev.aftertouch.engine.journey.Enrolling.Refuse;
import dev.aftertouch.engine.journey.EnrollingFacts.Campaign;
import dev.aftertouch.engine.journey.EnrollingFacts.Earlier;
import dev.aftertouch.engine.journey.EnrollingFacts.Occasion;
import dev.aftertouch.engine.journey.EnrollingFacts.Occasion.ByHand;
import dev.aftertouch.engine.journey.EnrollingFacts.Occasion.JobDone;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnrollingTest {
  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
  private static final Instant DONE = NOW.minus(Duration.ofHours(2));
  private static final UUID ALL_ID = UUID.fromString("00000000-0000-4000-8000-0000000000a1");
  private static final UUID PLUMBING_ID = UUID.fromString("00000000-0000-4000-8000-0000000000b2");
  private static final UUID EARLIER_ID = UUID.fromString("00000000-0000-4000-8000-0000000000e1");
  private static final BusinessSettings BUSINESS =
      new BusinessSettings(
          "America/Denver",
          "US",
          null,
          new BusinessSettings.Sender("Dana", null, null, null, EmailProvider.RESEND),
          new BusinessSettings.Links(null, null, null),
          BusinessSettings.DEFAULT_QUIET_HOURS,
          BusinessSettings.DEFAULT_PACING,
          Map.of(),
          BusinessSettings.DEFAULT_COOLDOWN,
          BusinessSettings.DEFAULT_MAXIMUM_JOB_AGE,
          BusinessSettings.DEFAULT_MINIMUM_GAP,
          BusinessSettings.DEFAULT_ON_UNKNOWN);

  private static final Campaign ALL = campaign(ALL_ID, null, ACTIVE);
  private static final Campaign PLUMBING = campaign(PLUMBING_ID, ServiceType.PLUMBING, ACTIVE);
  private static final JobDone JOB = new JobDone("J-1", "plumbing", DONE, true, false, false);

  /** What the rules say no to, one line a reason. */
  private record No(
      RefusalReason reason,
      Occasion occasion,
      boolean reachable,
      List<Campaign> campaigns,
      List<Earlier> earlier) {
    static No job(RefusalReason reason, JobDone job) {
      return new No(reason, job, true, List.of(ALL), List.of());
    }

    static No campaign(RefusalReason reason, Campaign campaign, Earlier... earlier) {
      return new No(reason, JOB, true, List.of(campaign), List.of(earlier));
    }

    static No hand(RefusalReason reason, Campaign campaign, Earlier... earlier) {
      return new No(reason, new ByHand(ALL_ID), true, List.of(campaign), List.of(earlier));
    }
  }

  static Stream<No> refusals() {
    Instant longAgo = NOW.minus(Duration.ofDays(200));
    Instant recently = NOW.minus(Duration.ofDays(29));
    return Stream.of(
        No.job(
            RefusalReason.JOB_ALREADY_ENROLLED,
            new JobDone("J-1", "hvac", DONE, true, false, true)),
        No.job(RefusalReason.JOB_REVERSED, new JobDone("J-1", "hvac", DONE, true, true, false)),
        No.job(
            RefusalReason.JOB_IN_FUTURE,
            new JobDone("J-1", "hvac", NOW.plusSeconds(601), true, false, false)),
        No.job(RefusalReason.NOT_WANTED, new JobDone("J-1", "hvac", DONE, false, false, false)),
        No.job(
            RefusalReason.JOB_TOO_OLD,
            new JobDone(
                "J-1", "hvac", NOW.minus(Duration.ofDays(14)).minusMillis(1), true, false, false)),
        No.job(
            RefusalReason.SERVICE_TYPE_UNKNOWN,
            new JobDone("J-1", "chimneys", DONE, true, false, false)),
        new No(RefusalReason.UNREACHABLE, JOB, false, List.of(ALL), List.of()),
        new No(RefusalReason.UNREACHABLE, new ByHand(ALL_ID), false, List.of(ALL), List.of()),
        new No(RefusalReason.NO_MATCHING_CAMPAIGN, JOB, true, List.of(), List.of()),
        No.campaign(RefusalReason.NO_MATCHING_CAMPAIGN, campaign(ALL_ID, ServiceType.HVAC, ACTIVE)),
        No.campaign(RefusalReason.NO_MATCHING_CAMPAIGN, campaign(ALL_ID, null, DRAFT)),
        No.campaign(RefusalReason.NO_MATCHING_CAMPAIGN, campaign(ALL_ID, null, ARCHIVED)),
        No.hand(RefusalReason.NO_MATCHING_CAMPAIGN, PLUMBING),
        No.campaign(RefusalReason.CAMPAIGN_NOT_ACTIVE, campaign(ALL_ID, null, PAUSED)),
        No.hand(RefusalReason.CAMPAIGN_NOT_ACTIVE, campaign(ALL_ID, null, DRAFT)),
        No.campaign(
            RefusalReason.ALREADY_ACTIVE, ALL, earlier(ALL_ID, DONE.plusSeconds(1), NOW, true)),
        No.hand(RefusalReason.ALREADY_ACTIVE, ALL, earlier(ALL_ID, longAgo, longAgo, true)),
        No.campaign(RefusalReason.COOLDOWN, ALL, earlier(PLUMBING_ID, recently, recently, false)),
        No.hand(RefusalReason.COOLDOWN, ALL, earlier(PLUMBING_ID, recently, recently, false)),
        No.campaign(
            RefusalReason.REENROLLMENT_NOT_ALLOWED,
            reenrolling(new Reenrollment(false, 0)),
            earlier(ALL_ID, longAgo, longAgo, false)),
        No.campaign(
            RefusalReason.REENROLLMENT_NOT_ALLOWED,
            reenrolling(new Reenrollment(true, 365)),
            earlier(ALL_ID, longAgo, longAgo, false)),
        No.campaign(RefusalReason.CAMPAIGN_FULL, limited(50, 50)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWithAReasonAndASentence(No no) {
    Answer answer =
        Enrolling.decide(
            new EnrollingFacts(no.occasion(), no.reachable(), no.campaigns(), no.earlier()),
            BUSINESS,
            NOW);

    assertThat(answer).isInstanceOf(Refuse.class);
    Refuse refuse = (Refuse) answer;
    assertThat(refuse.reason()).isEqualTo(no.reason());
    assertThat(refuse.explanation()).hasSizeGreaterThan(20).endsWith(".");
  }

  @Test
  void hasALineInTheTableForEveryReason() {
    Set<RefusalReason> reasons = EnumSet.of(RefusalReason.BUSINESS_UNKNOWN); // tested below
    refusals().forEach(no -> reasons.add(no.reason()));

    assertThat(reasons).containsExactlyInAnyOrder(RefusalReason.values());
  }

  @Test
  void refusesForABusinessThatIsNotKnown() {
    Answer answer =
        Enrolling.decide(new EnrollingFacts(JOB, true, List.of(ALL), List.of()), null, NOW);

    assertThat(answer)
        .isEqualTo(
            new Refuse(
                RefusalReason.BUSINESS_UNKNOWN,
                "The business is not known or was deleted.",
                List.of()));
  }

  @Test
  void prefersTheServicesOwnCampaign() {
    assertThat(decide(JOB, List.of(ALL, PLUMBING)))
        .isEqualTo(new Enroll(PLUMBING_ID, 3, List.of()));
  }

  @Test
  void fallsBackToTheCampaignForAllServices() {
    JobDone hvac = new JobDone("J-1", "HVAC", DONE, true, false, false);

    assertThat(decide(hvac, List.of(ALL, PLUMBING))).isEqualTo(new Enroll(ALL_ID, 3, List.of()));
  }

  @Test
  void fallsBackWhileTheServicesOwnCampaignIsOnlyADraft() {
    Campaign draft = campaign(PLUMBING_ID, ServiceType.PLUMBING, DRAFT);

    assertThat(decide(JOB, List.of(ALL, draft))).isEqualTo(new Enroll(ALL_ID, 3, List.of()));
  }

  @Test
  void doesNotLeadTheCustomersOfAPausedCampaignIntoAnother() {
    Campaign paused = campaign(PLUMBING_ID, ServiceType.PLUMBING, PAUSED);

    assertThat(decide(JOB, List.of(ALL, paused)))
        .isEqualTo(
            new Refuse(
                RefusalReason.CAMPAIGN_NOT_ACTIVE,
                "The campaign \"Follow-up\" is paused.",
                List.of()));
  }

  @Test
  void leavesOutCampaignsThatJobsDoNotTrigger() {
    Campaign manual =
        new Campaign(
            PLUMBING_ID,
            3,
            "By hand",
            ServiceType.PLUMBING,
            ACTIVE,
            false,
            new Reenrollment(true, 30),
            null,
            0);

    assertThat(decide(JOB, List.of(manual, ALL))).isEqualTo(new Enroll(ALL_ID, 3, List.of()));
  }

  @Test
  void stopsTheActiveEnrollmentOfARepeatJobAndLeavesTheNewOneToTheCooldown() {
    Instant lastWeek = NOW.minus(Duration.ofDays(7));

    Answer answer = decide(JOB, List.of(ALL), earlier(ALL_ID, lastWeek, lastWeek, true));

    assertThat(answer)
        .isEqualTo(
            new Refuse(
                RefusalReason.COOLDOWN,
                "Between two enrollments of a customer lie at least 30 days; the next is possible"
                    + " from 2026-07-08T12:00:00Z on.",
                List.of(EARLIER_ID)));
  }

  @Test
  void enrollsARepeatJobAfterTheCooldown() {
    Instant thirtyDaysAgo = NOW.minus(Duration.ofDays(30));

    Answer answer = decide(JOB, List.of(ALL), earlier(ALL_ID, thirtyDaysAgo, thirtyDaysAgo, true));

    assertThat(answer).isEqualTo(new Enroll(ALL_ID, 3, List.of(EARLIER_ID)));
  }

  @Test
  void stopsTheActiveEnrollmentEvenWhenTheNewJobIsNotFollowedUp() {
    Instant lastWeek = NOW.minus(Duration.ofDays(7));
    JobDone unwanted = new JobDone("J-2", "plumbing", DONE, false, false, false);

    Answer answer = decide(unwanted, List.of(ALL), earlier(ALL_ID, lastWeek, lastWeek, true));

    assertThat(answer.stopFirst()).containsExactly(EARLIER_ID);
  }

  @Test
  void stopsNothingForAnOlderJobARepeatedFactOrAReversedOne() {
    Earlier active = earlier(ALL_ID, NOW.minus(Duration.ofDays(7)), NOW, true);
    Instant before = NOW.minus(Duration.ofDays(8));

    assertThat(
            Stream.of(
                    new JobDone("J-0", "plumbing", before, true, false, false),
                    new JobDone("J-1", "plumbing", DONE, true, false, true),
                    new JobDone("J-1", "plumbing", DONE, true, true, false),
                    new JobDone("J-1", "plumbing", NOW.plusSeconds(9_999), true, false, false))
                .map(job -> decide(job, List.of(ALL), active)))
        .allSatisfy(answer -> assertThat(answer.stopFirst()).isEmpty());
  }

  @Test
  void enrollsAJobOnTheLastMomentOfItsMaximumAge() {
    JobDone old = new JobDone("J-1", "hvac", NOW.minus(Duration.ofDays(14)), true, false, false);

    assertThat(decide(old, List.of(ALL))).isEqualTo(new Enroll(ALL_ID, 3, List.of()));
  }

  @Test
  void forgivesAClockThatRunsTenMinutesAhead() {
    JobDone ahead = new JobDone("J-1", "hvac", NOW.plusSeconds(600), true, false, false);

    assertThat(decide(ahead, List.of(ALL))).isEqualTo(new Enroll(ALL_ID, 3, List.of()));
  }

  @Test
  void enrollsByHandInTheChosenCampaignWhateverItsTrigger() {
    Answer answer =
        Enrolling.decide(
            new EnrollingFacts(new ByHand(PLUMBING_ID), true, List.of(ALL, PLUMBING), List.of()),
            BUSINESS,
            NOW);

    assertThat(answer).isEqualTo(new Enroll(PLUMBING_ID, 3, List.of()));
  }

  @Test
  void enrollsTheLastOneBelowTheMaximum() {
    assertThat(decide(JOB, List.of(limited(50, 49)))).isEqualTo(new Enroll(ALL_ID, 3, List.of()));
  }

  private static Answer decide(Occasion occasion, List<Campaign> campaigns, Earlier... earlier) {
    return Enrolling.decide(
        new EnrollingFacts(occasion, true, campaigns, Arrays.asList(earlier)), BUSINESS, NOW);
  }

  private static Earlier earlier(
      UUID campaignId, Instant anchor, Instant enrolledAt, boolean active) {
    return new Earlier(EARLIER_ID, campaignId, anchor, enrolledAt, active);
  }

  private static Campaign campaign(
      UUID id, @Nullable ServiceType serviceType, CampaignStatus status) {
    return new Campaign(
        id, 3, "Follow-up", serviceType, status, true, new Reenrollment(true, 0), null, 7);
  }

  private static Campaign reenrolling(Reenrollment reenrollment) {
    return new Campaign(ALL_ID, 3, "Follow-up", null, ACTIVE, true, reenrollment, null, 7);
  }

  private static Campaign limited(int maximum, long enrollments) {
    return new Campaign(
        ALL_ID,
        3,
        "Follow-up",
        null,
        ACTIVE,
        true,
        new Reenrollment(true, 0),
        maximum,
        enrollments);
  }
}
