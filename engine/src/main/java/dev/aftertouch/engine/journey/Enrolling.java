package dev.aftertouch.engine.journey;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.engine.journey.EnrollingFacts.Campaign;
import dev.aftertouch.engine.journey.EnrollingFacts.Earlier;
import dev.aftertouch.engine.journey.EnrollingFacts.Occasion;
import dev.aftertouch.engine.journey.EnrollingRules.Asked;
import dev.aftertouch.engine.journey.EnrollingRules.No;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a customer is enrolled, and in which campaign. The first rule of {@link EnrollingRules}
 * that refuses is the answer.
 *
 * <p>A newer job of a customer with an active enrollment ends that enrollment (repeat_job, MT-04),
 * whatever then becomes of the job: it too goes through the cooldown. A job that was completed
 * before the active enrollment's own, such as one of an old CSV file, ends nothing.
 */
public final class Enrolling {
  private Enrolling() {}

  /** The answer. */
  public sealed interface Answer {
    /**
     * Active enrollments of the customer to be stopped first, with {@link StopReason#REPEAT_JOB}.
     */
    List<UUID> stopFirst();
  }

  /** Enroll with that version, after stopping those. */
  public record Enroll(UUID campaignId, int version, List<UUID> stopFirst) implements Answer {}

  /**
   * Do not enroll.
   *
   * @param explanation one sentence for people, without personal data
   * @param stopFirst what a newer job stops even though it is not followed up itself
   */
  public record Refuse(RefusalReason reason, String explanation, List<UUID> stopFirst)
      implements Answer {}

  /**
   * Whether to enroll.
   *
   * @param business the settings that apply; null when the business is not known
   */
  public static Answer decide(
      EnrollingFacts facts, @Nullable BusinessSettings business, Instant now) {
    if (business == null) {
      return refuse(
          new No(RefusalReason.BUSINESS_UNKNOWN, "The business is not known or was deleted."),
          List.of());
    }
    return switch (facts.occasion()) {
      case Occasion.JobDone job -> jobDone(job, facts, business, now);
      case Occasion.ByHand byHand -> byHand(byHand, new Asked(facts, List.of(), business, now));
    };
  }

  private static Answer jobDone(
      Occasion.JobDone job, EnrollingFacts facts, BusinessSettings business, Instant now) {
    Optional<No> notNewer = EnrollingRules.ofTheFact(job, business, now);
    if (notNewer.isPresent()) {
      return refuse(notNewer.get(), List.of());
    }
    List<UUID> stopFirst =
        facts.earlier().stream()
            .filter(earlier -> earlier.active() && earlier.anchor().isBefore(job.completedAt()))
            .map(Earlier::enrollmentId)
            .toList();
    Optional<No> no =
        EnrollingRules.ofTheJob(job, business, now).or(() -> EnrollingRules.unreachable(facts));
    if (no.isPresent()) {
      return refuse(no.get(), stopFirst);
    }
    ServiceType serviceType = ServiceType.of(job.serviceType()).orElseThrow();
    return match(facts.campaigns(), serviceType)
        .map(campaign -> into(campaign, new Asked(facts, stopFirst, business, now)))
        .orElseGet(
            () ->
                refuse(
                    new No(
                        RefusalReason.NO_MATCHING_CAMPAIGN,
                        "No active campaign follows up "
                            + serviceType.code()
                            + " jobs, and none follows up all services."),
                    stopFirst));
  }

  private static Answer byHand(Occasion.ByHand byHand, Asked asked) {
    Optional<No> unreachable = EnrollingRules.unreachable(asked.facts());
    if (unreachable.isPresent()) {
      return refuse(unreachable.get(), List.of());
    }
    return asked.facts().campaigns().stream()
        .filter(campaign -> campaign.campaignId().equals(byHand.campaignId()))
        .findFirst()
        .map(campaign -> into(campaign, asked))
        .orElseGet(
            () ->
                refuse(
                    new No(
                        RefusalReason.NO_MATCHING_CAMPAIGN,
                        "The business has no published campaign of that id."),
                    List.of()));
  }

  /**
   * MT-08: the service's own campaign first, the one for all services otherwise. A paused campaign
   * keeps its place, so that pausing it does not lead its customers into another; one that is a
   * draft or archived does not count.
   */
  private static Optional<Campaign> match(List<Campaign> campaigns, ServiceType serviceType) {
    List<Campaign> standing =
        campaigns.stream().filter(Campaign::onJobCompletion).filter(Enrolling::counts).toList();
    return standing.stream()
        .filter(campaign -> campaign.serviceType() == serviceType)
        .findFirst()
        .or(() -> standing.stream().filter(campaign -> campaign.serviceType() == null).findFirst());
  }

  private static boolean counts(Campaign campaign) {
    return switch (campaign.status()) {
      case ACTIVE, PAUSED -> true;
      case DRAFT, ARCHIVED -> false;
    };
  }

  private static Answer into(Campaign campaign, Asked asked) {
    Optional<No> no = EnrollingRules.ofTheCampaign(asked, campaign);
    if (no.isPresent()) {
      return refuse(no.get(), asked.stopFirst());
    }
    return new Enroll(campaign.campaignId(), campaign.version(), asked.stopFirst());
  }

  private static Refuse refuse(No no, List<UUID> stopFirst) {
    return new Refuse(no.reason(), no.explanation(), stopFirst);
  }
}
