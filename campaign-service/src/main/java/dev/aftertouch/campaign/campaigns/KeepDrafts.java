package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.campaign.answers.Answer;
import dev.aftertouch.campaign.answers.IfMatch;
import dev.aftertouch.campaign.answers.Refusal;
import dev.aftertouch.campaign.campaigns.DraftDocuments.Draft;
import dev.aftertouch.campaign.campaigns.TemplateUses.Usable;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignLifecycle;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Creates, edits and duplicates drafts. Nobody outside hears of a draft before it is published. */
@Component
class KeepDrafts {
  private final Tenancy tenancy;
  private final Campaigns campaigns;
  private final TemplateUses uses;
  private final DraftDocuments documents;
  private final ReadCampaigns read;
  private final OneCampaignPerService onePerService;
  private final InstantSource clock;

  KeepDrafts(
      Tenancy tenancy,
      Campaigns campaigns,
      TemplateUses uses,
      DraftDocuments documents,
      ReadCampaigns read,
      OneCampaignPerService onePerService,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.campaigns = campaigns;
    this.uses = uses;
    this.documents = documents;
    this.read = read;
    this.onePerService = onePerService;
    this.clock = clock;
  }

  /**
   * What a copy has other than its source.
   *
   * @param name null keeps it for a preset, and makes it "Copy of …" otherwise
   * @param service null inside means all services; an empty optional keeps the source's
   */
  record Changes(@Nullable String name, Optional<ServiceChoice> service) {}

  /** A service, or all of them. */
  record ServiceChoice(@Nullable ServiceType service) {}

  Answer<CampaignView> create(UUID business, JsonNode document) {
    return switch (tenancy.asBusiness(business, () -> documents.read(business, document))) {
      case Answer.Refused<Draft> refused -> Answer.refused(refused.refusal());
      case Answer.Done<Draft> done -> add(business, done.value());
    };
  }

  private Answer<CampaignView> add(UUID business, Draft draft) {
    UUID campaign = UUID.randomUUID();
    return onePerService.unlessTaken(
        business,
        campaign,
        () -> draft.definition().serviceType(),
        () -> {
          if (!campaigns.add(business, campaign, draft.definition(), clock.instant())) {
            return Answer.refused(new Refusal.NotFound("business"));
          }
          uses.replace(business, campaign, draft.templates());
          return shown(business, campaign);
        });
  }

  Answer<CampaignView> edit(UUID business, UUID campaign, IfMatch basis, JsonNode document) {
    return switch (tenancy.asBusiness(business, () -> documents.read(business, document))) {
      case Answer.Refused<Draft> refused ->
          // Whether the document is right is nobody's business who does not own the campaign.
          owned(business, campaign)
              .map(Answer::<CampaignView>refused)
              .orElseGet(() -> Answer.refused(refused.refusal()));
      case Answer.Done<Draft> done ->
          onePerService.unlessTaken(
              business,
              campaign,
              () -> done.value().definition().serviceType(),
              () -> editRead(business, campaign, basis, done.value()));
    };
  }

  private Optional<Refusal> owned(UUID business, UUID campaign) {
    return tenancy.asBusiness(
        business,
        () ->
            campaigns.lock(business, campaign).isPresent()
                ? Optional.empty()
                : Optional.of(noneToChange(business, campaign)));
  }

  private Answer<CampaignView> editRead(UUID business, UUID campaign, IfMatch basis, Draft draft) {
    Optional<Campaign> present = campaigns.lock(business, campaign);
    if (present.isEmpty()) {
      return Answer.refused(noneToChange(business, campaign));
    }
    Optional<Refusal> stale = basis.against(present.get().revision());
    if (stale.isPresent()) {
      return Answer.refused(stale.get());
    }
    return switch (CampaignLifecycle.decide(
        present.get().status(), new CampaignLifecycle.Command.Edit())) {
      case CampaignLifecycle.Answer.Refused no ->
          Answer.refused(new Refusal.NotInThisStatus(no.code(), no.message()));
      case CampaignLifecycle.Answer.Allowed allowed -> {
        campaigns.changeDraft(business, campaign, draft.definition(), clock.instant());
        uses.replace(business, campaign, draft.templates());
        yield shown(business, campaign);
      }
    };
  }

  /** Copies a preset or one of the business's own campaigns into a new draft (MT-02). */
  Answer<CampaignView> duplicate(UUID business, UUID source, Changes changes) {
    Optional<Draft> copy =
        tenancy.asBusiness(
            business, () -> campaigns.find(business, source).map(c -> copy(business, c, changes)));
    if (copy.isEmpty()) {
      return Answer.refused(new Refusal.NotFound("campaign"));
    }
    String name = copy.get().definition().name();
    if (name.isBlank() || name.length() > 100 || name.indexOf('\0') >= 0) {
      return Answer.invalid("name", "name_invalid", "Give the copy a name of 1 to 100 characters.");
    }
    return add(business, copy.get());
  }

  private Draft copy(UUID business, Campaign source, Changes changes) {
    Map<String, Usable> templates = uses.of(business, source.id());
    CampaignDefinition definition =
        Wording.present(source.draft(), templates).withName(name(source, changes));
    Map<String, UUID> ids = new HashMap<>();
    templates.forEach((step, template) -> ids.put(step, template.id()));
    return new Draft(
        changes
            .service()
            .map(choice -> definition.withServiceType(choice.service()))
            .orElse(definition),
        ids);
  }

  private static String name(Campaign source, Changes changes) {
    if (changes.name() != null) {
      return changes.name();
    }
    String name = source.draft().name();
    String copy = source.isPreset() ? name : "Copy of " + name;
    return copy.substring(0, Math.min(100, copy.length()));
  }

  private Answer<CampaignView> shown(UUID business, UUID campaign) {
    return Answer.done(read.view(business, campaigns.find(business, campaign).orElseThrow()));
  }

  /**
   * Why there is nothing to change: it is a preset, or it is not there. Within the business's
   * transaction.
   */
  private Refusal noneToChange(UUID business, UUID campaign) {
    return campaigns
        .find(business, campaign)
        .<Refusal>map(preset -> new Refusal.PresetReadOnly(preset.draft().name()))
        .orElseGet(() -> new Refusal.NotFound("campaign"));
  }
}
