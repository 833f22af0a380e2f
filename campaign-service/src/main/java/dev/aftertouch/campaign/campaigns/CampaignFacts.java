package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.campaign.campaigns.Versions.Version;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.PauseMode;
import dev.aftertouch.facts.CampaignDeleted;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CampaignPublished;
import dev.aftertouch.facts.CampaignStatusChanged;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.outbox.Outbox;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells everybody about a campaign, within the transaction that changes it. All facts of one
 * business go to one partition, so a version always arrives before the standing that names it. The
 * last word on a deleted campaign is its CampaignDeleted: it is kept, like its versions, because
 * enrollments and figures of the past refer to them.
 */
@Component
class CampaignFacts {
  private final Outbox outbox;
  private final Documents documents;

  CampaignFacts(Outbox outbox, Documents documents) {
    this.outbox = outbox;
    this.documents = documents;
  }

  /** Which campaign, in which revision, when. */
  record About(UUID business, UUID campaign, long revision, Instant at) {}

  void published(About about, Version version) {
    add(
        about,
        about.campaign() + "/" + version.version(),
        new CampaignPublished(
            version.version(), documents.write(version.definition()), version.publishedBy()));
  }

  /** The definition is what is live, or the draft of a campaign that was never published. */
  void stands(About about, Campaigns.Standing standing, CampaignDefinition definition) {
    add(
        about,
        about.campaign().toString(),
        new CampaignStatusChanged(
            definition.name(),
            definition.kind().code(),
            standing.status().code(),
            definition.serviceType() == null ? null : definition.serviceType().code(),
            standing.currentVersion(),
            code(standing.pauseMode())));
  }

  void deleted(About about, String name) {
    add(about, about.campaign().toString(), new CampaignDeleted(name));
  }

  private void add(About about, String key, Object fact) {
    outbox.add(
        about.business(),
        Topics.CAMPAIGNS,
        about.business().toString(),
        key,
        new CampaignFact(about.business(), about.campaign(), about.revision(), about.at(), fact));
  }

  private static String code(PauseMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
