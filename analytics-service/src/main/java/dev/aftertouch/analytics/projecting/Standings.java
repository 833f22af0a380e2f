package dev.aftertouch.analytics.projecting;

import dev.aftertouch.analytics.projecting.Businesses.Business;
import dev.aftertouch.analytics.projecting.Campaigns.Campaign;
import dev.aftertouch.facts.BusinessChanged;
import dev.aftertouch.facts.BusinessDeleted;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.CampaignDeleted;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CampaignPublished;
import dev.aftertouch.facts.CampaignStatusChanged;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Businesses and campaigns as they are now, by their newest revision in a batch. */
@Component
class Standings {
  private final JsonMapper json;
  private final Businesses businesses;
  private final Campaigns campaigns;

  Standings(JsonMapper json, Businesses businesses, Campaigns campaigns) {
    this.json = json;
    this.businesses = businesses;
    this.campaigns = campaigns;
  }

  void businesses(List<BusinessFact> facts) {
    List<Business> seen = facts.stream().map(this::business).toList();
    Map<UUID, Business> newest = new LinkedHashMap<>();
    seen.forEach(
        business ->
            newest.merge(
                business.businessId(), business, (a, b) -> a.revision() >= b.revision() ? a : b));
    if (!newest.isEmpty()) {
      businesses.merge(newest.values(), seen.stream().filter(Business::deleted).toList());
    }
  }

  private Business business(BusinessFact fact) {
    return switch (fact.getFact()) {
      case BusinessChanged changed ->
          new Business(
              fact.getBusinessId(),
              changed.getName(),
              zone(changed.getSettings()),
              fact.getRevision(),
              false);
      case BusinessDeleted deleted ->
          new Business(fact.getBusinessId(), null, "UTC", fact.getRevision(), true);
      default -> throw unknown(fact.getFact());
    };
  }

  /**
   * The zone alone, so that settings of a newer form are no obstacle. Days are counted in UTC for a
   * business whose zone nobody knows.
   */
  private String zone(String settings) {
    String zone = json.readTree(settings).path("time_zone").asString("UTC");
    try {
      return ZoneId.of(zone).getId();
    } catch (DateTimeException unknown) {
      return "UTC";
    }
  }

  void campaigns(List<CampaignFact> facts) {
    Map<UUID, Campaign> newest = new LinkedHashMap<>();
    for (CampaignFact fact : facts) {
      switch (fact.getFact()) {
        case CampaignStatusChanged status ->
            see(
                newest,
                new Campaign(
                    fact.getBusinessId(),
                    fact.getCampaignId(),
                    status.getName(),
                    status.getKind(),
                    status.getStatus(),
                    status.getServiceType(),
                    fact.getRevision()));
        case CampaignDeleted deleted ->
            see(
                newest,
                new Campaign(
                    fact.getBusinessId(),
                    fact.getCampaignId(),
                    deleted.getName(),
                    null,
                    "deleted",
                    null,
                    fact.getRevision()));
        case CampaignPublished ignoredBecauseFiguresNeedNoTexts -> {}
        default -> throw unknown(fact.getFact());
      }
    }
    if (!newest.isEmpty()) {
      campaigns.merge(List.copyOf(newest.values()));
    }
  }

  private static void see(Map<UUID, Campaign> newest, Campaign campaign) {
    newest.merge(campaign.campaignId(), campaign, (a, b) -> a.revision() >= b.revision() ? a : b);
  }

  private static IllegalArgumentException unknown(Object branch) {
    return new IllegalArgumentException("Unknown fact " + branch.getClass().getSimpleName());
  }
}
