package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.campaign.answers.Answer;
import dev.aftertouch.campaign.answers.Page;
import dev.aftertouch.campaign.answers.Refusal;
import dev.aftertouch.campaign.campaigns.TemplateUses.Usable;
import dev.aftertouch.campaign.campaigns.Versions.Version;
import dev.aftertouch.campaign.campaigns.Versions.VersionSummary;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.DefinitionRules;
import dev.aftertouch.engine.definition.Preset;
import dev.aftertouch.engine.definition.Presets;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows campaigns and their versions to the business that they belong to, presets to all. */
@Component
class ReadCampaigns {
  private final Tenancy tenancy;
  private final Campaigns campaigns;
  private final Versions versions;
  private final TemplateUses uses;
  private final DraftDocuments drafts;

  ReadCampaigns(
      Tenancy tenancy,
      Campaigns campaigns,
      Versions versions,
      TemplateUses uses,
      DraftDocuments drafts) {
    this.tenancy = tenancy;
    this.campaigns = campaigns;
    this.versions = versions;
    this.uses = uses;
    this.drafts = drafts;
  }

  Page<CampaignSummary> list(UUID business, Campaigns.Filter filter, Page.Wanted wanted) {
    return tenancy.asBusiness(
        business,
        () ->
            wanted.page(
                campaigns.list(business, filter, wanted.size(), wanted.offset()),
                campaigns.count(business, filter)));
  }

  /** From the calmest to the keenest. */
  List<CampaignView> presets(UUID business) {
    List<String> keys = Presets.all().stream().map(Preset::key).toList();
    return tenancy.asBusiness(
        business,
        () ->
            campaigns.presets().stream()
                .sorted(Comparator.comparing(preset -> keys.indexOf(preset.presetKey())))
                .map(preset -> view(business, preset))
                .toList());
  }

  Answer<CampaignView> one(UUID business, UUID campaign) {
    return found(
        business,
        () -> campaigns.find(business, campaign).map(c -> view(business, c)).orElse(null));
  }

  Answer<List<VersionSummary>> versions(UUID business, UUID campaign) {
    return found(
        business,
        () ->
            campaigns
                .find(business, campaign)
                .map(c -> versions.list(business, c.id()))
                .orElse(null));
  }

  Answer<Version> version(UUID business, UUID campaign, int number) {
    return found(
        business,
        () ->
            campaigns
                .find(business, campaign)
                .flatMap(c -> versions.find(business, c.id(), number))
                .orElse(null));
  }

  private <T> Answer<T> found(UUID business, Supplier<@Nullable T> read) {
    return tenancy.asBusiness(
        business,
        () -> {
          T value = read.get();
          return value == null
              ? Answer.<T>refused(new Refusal.NotFound("campaign"))
              : Answer.done(value);
        });
  }

  /** Within the business's transaction. */
  CampaignView view(UUID business, Campaign campaign) {
    Map<String, Usable> templates = uses.of(business, campaign.id());
    CampaignDefinition draft = Wording.present(campaign.draft(), templates);
    return new CampaignView(
        campaign.id(),
        campaign.isPreset(),
        campaign.presetKey(),
        draft.name(),
        draft.kind(),
        draft.serviceType(),
        campaign.status(),
        campaign.pauseMode(),
        campaign.currentVersion(),
        !campaign.isPreset() && differsFromLive(business, campaign, draft),
        campaign.revision(),
        campaign.createdAt(),
        campaign.updatedAt(),
        drafts.write(draft, templates),
        DefinitionRules.check(draft));
  }

  private boolean differsFromLive(UUID business, Campaign campaign, CampaignDefinition draft) {
    Integer current = campaign.currentVersion();
    return current == null
        || !versions
            .find(business, campaign.id(), current)
            .map(live -> live.definition().equals(draft))
            .orElse(false);
  }
}
