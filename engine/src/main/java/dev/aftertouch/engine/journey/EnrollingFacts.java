package dev.aftertouch.engine.journey;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignSettings;
import dev.aftertouch.engine.definition.CampaignStatus;
import dev.aftertouch.engine.definition.ServiceType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known when a customer may be enrolled.
 *
 * @param occasion why it is asked
 * @param reachable whether the customer has an e-mail address or a phone number that can be used
 * @param campaigns the business's published campaigns that are not archived; for an enrolling by
 *     hand the chosen one suffices
 * @param earlier all enrollments of the customer with this business, at least those of the cooldown
 *     and the active ones
 */
public record EnrollingFacts(
    Occasion occasion, boolean reachable, List<Campaign> campaigns, List<Earlier> earlier) {
  public EnrollingFacts {
    campaigns = List.copyOf(campaigns);
    earlier = List.copyOf(earlier);
  }

  /** Why it is asked. */
  public sealed interface Occasion {
    /**
     * A job was completed.
     *
     * @param serviceType as the job's system says it
     * @param enroll false completes the job without a follow-up (MT-16)
     * @param reversed it was reopened or cancelled after this completion
     * @param enrolledBefore this completion already has an enrollment: the fact came again
     */
    record JobDone(
        String jobId,
        String serviceType,
        Instant completedAt,
        boolean enroll,
        boolean reversed,
        boolean enrolledBefore)
        implements Occasion {}

    /** Somebody, an API or an import chose a campaign. */
    record ByHand(UUID campaignId) implements Occasion {}
  }

  /**
   * A campaign as it stands.
   *
   * @param version the newest published one
   * @param serviceType null means all services
   * @param onJobCompletion see {@link CampaignDefinition#enrollsOnJobCompletion}
   * @param maximumEnrollments null means no limit
   * @param enrollments so far, ended ones included
   */
  public record Campaign(
      UUID campaignId,
      int version,
      String name,
      @Nullable ServiceType serviceType,
      CampaignStatus status,
      boolean onJobCompletion,
      CampaignSettings.Reenrollment reenrollment,
      @Nullable Integer maximumEnrollments,
      long enrollments) {
    /** From the published definition. */
    public static Campaign of(
        UUID campaignId,
        int version,
        CampaignStatus status,
        CampaignDefinition definition,
        long enrollments) {
      return new Campaign(
          campaignId,
          version,
          definition.name(),
          definition.serviceType(),
          status,
          definition.enrollsOnJobCompletion(),
          definition.settings().reenrollment(),
          definition.settings().maximumEnrollments(),
          enrollments);
    }
  }

  /**
   * An enrollment of the customer before this one.
   *
   * @param anchor what its delays count from: the completion of its job, or its enrolling
   */
  public record Earlier(
      UUID enrollmentId, UUID campaignId, Instant anchor, Instant enrolledAt, boolean active) {}
}
