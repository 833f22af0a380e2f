package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.campaign.answers.Answer;
import dev.aftertouch.campaign.answers.Refusal;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Keeps MT-D1: the unique indexes refuse a second campaign for a service, whoever comes first; here
 * the refusal gets the name of the other campaign.
 */
@Component
class OneCampaignPerService {
  private final Tenancy tenancy;
  private final Campaigns campaigns;

  OneCampaignPerService(Tenancy tenancy, Campaigns campaigns) {
    this.tenancy = tenancy;
    this.campaigns = campaigns;
  }

  /**
   * Does the work in the business's transaction.
   *
   * @param service asked only when the service was taken, in a transaction of its own
   */
  <T> Answer<T> unlessTaken(
      UUID business,
      UUID campaign,
      Supplier<@Nullable ServiceType> service,
      Supplier<Answer<T>> work) {
    try {
      return tenancy.asBusiness(business, work);
    } catch (DuplicateKeyException duplicate) {
      if (!String.valueOf(duplicate.getMessage()).contains("campaign_per_service")) {
        throw duplicate;
      }
      return tenancy.asBusiness(business, () -> taken(business, campaign, service.get()));
    }
  }

  private <T> Answer<T> taken(UUID business, UUID campaign, @Nullable ServiceType service) {
    return campaigns
        .rival(business, campaign, service)
        .map(
            rival ->
                Answer.<T>refused(
                    new Refusal.ServiceTaken(service, rival.campaignId(), rival.name())))
        // The rival left between the two transactions: asking again will do.
        .orElseGet(
            () ->
                Answer.refused(
                    new Refusal.NotInThisStatus(
                        "try_again", "Another campaign was in the way a moment ago; repeat.")));
  }
}
