package dev.aftertouch.engine.journey;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.CampaignStatus;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.engine.journey.EnrollingFacts.Campaign;
import dev.aftertouch.engine.journey.EnrollingFacts.Earlier;
import dev.aftertouch.engine.journey.EnrollingFacts.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Why a customer is not enrolled: three lists of named rules, asked in this order. */
final class EnrollingRules {
  /** How far the clock of a job system may run ahead. */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

  private static final List<JobRule> FACT_RULES =
      List.of(
          EnrollingRules::jobAlreadyEnrolled,
          EnrollingRules::jobReversed,
          EnrollingRules::jobInFuture);

  private static final List<JobRule> JOB_RULES =
      List.of(
          EnrollingRules::notWanted, EnrollingRules::jobTooOld, EnrollingRules::serviceTypeUnknown);

  private static final List<CampaignRule> CAMPAIGN_RULES =
      List.of(
          EnrollingRules::campaignNotActive,
          EnrollingRules::alreadyActive,
          EnrollingRules::cooldown,
          EnrollingRules::reenrollmentNotAllowed,
          EnrollingRules::campaignFull);

  private EnrollingRules() {}

  /** Reads the facts only; refuses or says nothing. */
  private interface JobRule {
    Optional<No> check(Occasion.JobDone job, BusinessSettings business, Instant now);
  }

  private interface CampaignRule {
    Optional<No> check(Asked asked, Campaign campaign);
  }

  record No(RefusalReason reason, String explanation) {}

  record Asked(
      EnrollingFacts facts, List<UUID> stopFirst, BusinessSettings business, Instant now) {}

  /**
   * Rules on the fact: one that is refused here tells nothing new about the customer and stops
   * nothing.
   */
  static Optional<No> ofTheFact(Occasion.JobDone job, BusinessSettings business, Instant now) {
    return firstNo(FACT_RULES, job, business, now);
  }

  /** Rules on the job: whether it is followed up at all. */
  static Optional<No> ofTheJob(Occasion.JobDone job, BusinessSettings business, Instant now) {
    return firstNo(JOB_RULES, job, business, now);
  }

  /** Rules on the campaign that was matched or chosen. */
  static Optional<No> ofTheCampaign(Asked asked, Campaign campaign) {
    for (CampaignRule rule : CAMPAIGN_RULES) {
      Optional<No> no = rule.check(asked, campaign);
      if (no.isPresent()) {
        return no;
      }
    }
    return Optional.empty();
  }

  private static Optional<No> jobAlreadyEnrolled(
      Occasion.JobDone job, BusinessSettings business, Instant now) {
    return no(
        job.enrolledBefore(),
        RefusalReason.JOB_ALREADY_ENROLLED,
        "This job already has an enrollment.");
  }

  private static Optional<No> jobReversed(
      Occasion.JobDone job, BusinessSettings business, Instant now) {
    return no(
        job.reversed(),
        RefusalReason.JOB_REVERSED,
        "The job was reopened or cancelled after its completion.");
  }

  private static Optional<No> jobInFuture(
      Occasion.JobDone job, BusinessSettings business, Instant now) {
    return no(
        job.completedAt().isAfter(now.plus(CLOCK_TOLERANCE)),
        RefusalReason.JOB_IN_FUTURE,
        "The job's completion, " + second(job.completedAt()) + ", lies in the future.");
  }

  private static Optional<No> notWanted(
      Occasion.JobDone job, BusinessSettings business, Instant now) {
    return no(
        !job.enroll(), RefusalReason.NOT_WANTED, "The job was completed without a follow-up.");
  }

  private static Optional<No> jobTooOld(
      Occasion.JobDone job, BusinessSettings business, Instant now) {
    return no(
        job.completedAt().plus(business.maximumJobAge()).isBefore(now),
        RefusalReason.JOB_TOO_OLD,
        "The job was completed "
            + second(job.completedAt())
            + ", longer ago than "
            + words(business.maximumJobAge())
            + ".");
  }

  private static Optional<No> serviceTypeUnknown(
      Occasion.JobDone job, BusinessSettings business, Instant now) {
    return no(
        ServiceType.of(job.serviceType()).isEmpty(),
        RefusalReason.SERVICE_TYPE_UNKNOWN,
        "The job's service type is none of hvac, plumbing, electrical, cleaning, roofing, painting,"
            + " handyman and other.");
  }

  static Optional<No> unreachable(EnrollingFacts facts) {
    return no(
        !facts.reachable(),
        RefusalReason.UNREACHABLE,
        "The customer has neither a usable e-mail address nor a usable phone number.");
  }

  private static Optional<No> campaignNotActive(Asked asked, Campaign campaign) {
    return no(
        campaign.status() != CampaignStatus.ACTIVE,
        RefusalReason.CAMPAIGN_NOT_ACTIVE,
        "The campaign \"" + campaign.name() + "\" is " + campaign.status().code() + ".");
  }

  private static Optional<No> alreadyActive(Asked asked, Campaign campaign) {
    return no(
        asked.facts().earlier().stream()
            .filter(Earlier::active)
            .filter(earlier -> earlier.campaignId().equals(campaign.campaignId()))
            .anyMatch(earlier -> !asked.stopFirst().contains(earlier.enrollmentId())),
        RefusalReason.ALREADY_ACTIVE,
        "The customer is already on the way through \"" + campaign.name() + "\".");
  }

  private static Optional<No> reenrollmentNotAllowed(Asked asked, Campaign campaign) {
    Optional<Instant> last =
        lastEnrolledAt(
            asked.facts().earlier().stream()
                .filter(earlier -> earlier.campaignId().equals(campaign.campaignId()))
                .toList());
    if (last.isEmpty()) {
      return Optional.empty();
    }
    if (!campaign.reenrollment().allowed()) {
      return no(
          true,
          RefusalReason.REENROLLMENT_NOT_ALLOWED,
          "\"" + campaign.name() + "\" enrolls each customer once only.");
    }
    Instant again = last.get().plus(Duration.ofDays(campaign.reenrollment().afterDays()));
    return no(
        asked.now().isBefore(again),
        RefusalReason.REENROLLMENT_NOT_ALLOWED,
        "\""
            + campaign.name()
            + "\" enrolls a customer again after "
            + campaign.reenrollment().afterDays()
            + " days, from "
            + second(again)
            + " on.");
  }

  private static Optional<No> cooldown(Asked asked, Campaign campaign) {
    Duration cooldown = asked.business().cooldown();
    return lastEnrolledAt(asked.facts().earlier())
        .map(last -> last.plus(cooldown))
        .filter(asked.now()::isBefore)
        .map(
            again ->
                new No(
                    RefusalReason.COOLDOWN,
                    "Between two enrollments of a customer lie at least "
                        + words(cooldown)
                        + "; the next is possible from "
                        + second(again)
                        + " on."));
  }

  private static Optional<No> campaignFull(Asked asked, Campaign campaign) {
    Integer maximum = campaign.maximumEnrollments();
    return no(
        maximum != null && campaign.enrollments() >= maximum,
        RefusalReason.CAMPAIGN_FULL,
        "\"" + campaign.name() + "\" has reached its maximum of " + maximum + " enrollments.");
  }

  private static Optional<Instant> lastEnrolledAt(List<Earlier> earlier) {
    return earlier.stream().map(Earlier::enrolledAt).max(Comparator.naturalOrder());
  }

  private static Optional<No> firstNo(
      List<JobRule> rules, Occasion.JobDone job, BusinessSettings business, Instant now) {
    for (JobRule rule : rules) {
      Optional<No> no = rule.check(job, business, now);
      if (no.isPresent()) {
        return no;
      }
    }
    return Optional.empty();
  }

  private static Optional<No> no(boolean refused, RefusalReason reason, String explanation) {
    return refused ? Optional.of(new No(reason, explanation)) : Optional.empty();
  }

  private static String second(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String words(Duration duration) {
    return duration.toHours() % 24 == 0
        ? duration.toDays() + " days"
        : duration.toHours() + " hours";
  }
}
