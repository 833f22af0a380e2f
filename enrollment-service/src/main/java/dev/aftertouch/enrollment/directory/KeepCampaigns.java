package dev.aftertouch.enrollment.directory;

import dev.aftertouch.enrollment.directory.Campaigns.Told;
import dev.aftertouch.enrollment.directory.Campaigns.Version;
import dev.aftertouch.facts.CampaignDeleted;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CampaignPublished;
import dev.aftertouch.facts.CampaignStatusChanged;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Keeps what is known of campaigns, then tells the rest of the service how those that were spoken
 * of stand.
 */
@Service
class KeepCampaigns {
  private final Tenancy tenancy;
  private final DirectoryLock lock;
  private final Campaigns campaigns;
  private final Documents documents;
  private final ApplicationEventPublisher events;

  KeepCampaigns(
      Tenancy tenancy,
      DirectoryLock lock,
      Campaigns campaigns,
      Documents documents,
      ApplicationEventPublisher events) {
    this.tenancy = tenancy;
    this.lock = lock;
    this.campaigns = campaigns;
    this.documents = documents;
    this.events = events;
  }

  void keep(List<CampaignFact> facts) {
    List<Version> versions = new ArrayList<>();
    Map<UUID, Told> standings = new HashMap<>();
    for (CampaignFact fact : facts) {
      switch (fact.getFact()) {
        case CampaignPublished published -> versions.add(version(fact, published));
        case CampaignStatusChanged changed -> keepNewest(standings, standing(fact, changed));
        case CampaignDeleted deleted -> keepNewest(standings, deleted(fact, deleted));
        default -> throw new IllegalArgumentException("Unknown campaign fact");
      }
    }
    tenancy.asWorker(
        () -> {
          lock.exclude();
          campaigns.keepVersions(versions);
          campaigns.keepStandings(standings.values());
        });
    if (!standings.isEmpty()) {
      Set<UUID> businesses = new HashSet<>();
      standings.values().forEach(told -> businesses.add(told.businessId()));
      List<StandingCampaign> now =
          tenancy.asWorker(() -> campaigns.standings(businesses, standings.keySet()));
      events.publishEvent(new CampaignsTold(now));
    }
  }

  private static void keepNewest(Map<UUID, Told> standings, Told told) {
    standings.merge(
        told.campaignId(), told, (one, other) -> one.revision() > other.revision() ? one : other);
  }

  /**
   * A definition that cannot be read is a fault of the record, so it is read here and not first
   * when it is followed.
   */
  private Version version(CampaignFact fact, CampaignPublished published) {
    documents.campaign(published.getDefinition());
    return new Version(
        new VersionKey(fact.getBusinessId(), fact.getCampaignId(), published.getVersion()),
        published.getDefinition());
  }

  private static Told standing(CampaignFact fact, CampaignStatusChanged changed) {
    return new Told(
        fact.getBusinessId(),
        fact.getCampaignId(),
        changed.getName(),
        changed.getStatus(),
        changed.getServiceType(),
        changed.getCurrentVersion(),
        changed.getPauseMode(),
        fact.getRevision(),
        fact.getChangedAt());
  }

  private static Told deleted(CampaignFact fact, CampaignDeleted deleted) {
    return new Told(
        fact.getBusinessId(),
        fact.getCampaignId(),
        deleted.getName(),
        StandingCampaign.DELETED,
        null,
        null,
        "stop",
        fact.getRevision(),
        fact.getChangedAt());
  }
}
