package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.campaign.answers.Answer;
import dev.aftertouch.campaign.answers.IfMatch;
import dev.aftertouch.campaign.answers.Refusal;
import dev.aftertouch.campaign.campaigns.CampaignFacts.About;
import dev.aftertouch.campaign.campaigns.Campaigns.Standing;
import dev.aftertouch.campaign.campaigns.Versions.Version;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignLifecycle;
import dev.aftertouch.engine.definition.CampaignLifecycle.Command;
import dev.aftertouch.engine.definition.CampaignStatus;
import dev.aftertouch.engine.definition.DefinitionRules;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.engine.definition.PauseMode;
import dev.aftertouch.service.access.CurrentUser;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Publishes, activates, pauses, resumes, archives and deletes: the lifecycle decides, this writes
 * its decision and tells everybody. The campaign's row is locked from the reading to the end, so
 * that the facts of one campaign leave in the order of its revisions.
 */
@Component
class ChangeStanding {
  private final Campaigns campaigns;
  private final Versions versions;
  private final TemplateUses uses;
  private final CampaignFacts facts;
  private final ReadCampaigns read;
  private final OneCampaignPerService onePerService;
  private final InstantSource clock;

  ChangeStanding(
      Campaigns campaigns,
      Versions versions,
      TemplateUses uses,
      CampaignFacts facts,
      ReadCampaigns read,
      OneCampaignPerService onePerService,
      InstantSource clock) {
    this.campaigns = campaigns;
    this.versions = versions;
    this.uses = uses;
    this.facts = facts;
    this.read = read;
    this.onePerService = onePerService;
    this.clock = clock;
  }

  /** What a command works on, and for whom. */
  private record Work(CurrentUser user, Campaign campaign, Instant now) {
    UUID business() {
      return user.businessId();
    }

    About about(long revision) {
      return new About(user.businessId(), campaign.id(), revision, now);
    }
  }

  /** Carries out a command that leaves a campaign to show. */
  Answer<CampaignView> carryOut(CurrentUser user, UUID campaign, IfMatch basis, Command command) {
    UUID business = user.businessId();
    return onePerService.unlessTaken(
        business,
        campaign,
        () -> campaigns.find(business, campaign).map(c -> c.draft().serviceType()).orElse(null),
        () -> decided(user, campaign, basis, command));
  }

  private Answer<CampaignView> decided(CurrentUser user, UUID id, IfMatch basis, Command command) {
    UUID business = user.businessId();
    Optional<Campaign> locked = campaigns.lock(business, id);
    if (locked.isEmpty()) {
      return Answer.refused(
          campaigns
              .find(business, id)
              .<Refusal>map(preset -> new Refusal.PresetReadOnly(preset.draft().name()))
              .orElseGet(() -> new Refusal.NotFound("campaign")));
    }
    Campaign stored = locked.get();
    Optional<Refusal> stale = basis.against(stored.revision());
    if (stale.isPresent()) {
      return Answer.refused(stale.get());
    }
    return switch (CampaignLifecycle.decide(stored.status(), command)) {
      case CampaignLifecycle.Answer.Refused no ->
          Answer.refused(new Refusal.NotInThisStatus(no.code(), no.message()));
      case CampaignLifecycle.Answer.Allowed allowed -> {
        Campaign campaign =
            stored.withDraft(Wording.present(stored.draft(), uses.of(business, id)));
        yield apply(new Work(user, campaign, clock.instant()), command, allowed.status());
      }
    };
  }

  private Answer<CampaignView> apply(Work work, Command command, CampaignStatus status) {
    return switch (command) {
      case Command.Publish publish -> publish(work, status);
      case Command.Activate activate -> publish(work, status);
      case Command.Pause pause ->
          stand(work, status, pause.mode() == null ? ownMode(work) : pause.mode());
      case Command.Resume resume -> stand(work, status, work.campaign().pauseMode());
      case Command.Archive archive -> stand(work, status, work.campaign().pauseMode());
      case Command.Delete delete -> delete(work);
      case Command.Edit edit ->
          throw new IllegalArgumentException("Drafts are edited by KeepDrafts");
    };
  }

  /** Makes a version where the draft differs from the last one, and stands on it. */
  private Answer<CampaignView> publish(Work work, CampaignStatus status) {
    CampaignDefinition draft = work.campaign().draft();
    List<FieldError> errors = DefinitionRules.check(draft);
    if (!errors.isEmpty()) {
      return Answer.refused(new Refusal.Invalid(errors));
    }
    Version live = live(work);
    if (live != null && live.definition().equals(draft)) {
      return stand(
          work, new Standing(status, draft.settings().pauseMode(), live.version(), draft), null);
    }
    Version next =
        new Version(live == null ? 1 : live.version() + 1, work.now(), work.user().email(), draft);
    versions.add(work.business(), work.campaign().id(), next);
    return stand(
        work, new Standing(status, draft.settings().pauseMode(), next.version(), draft), next);
  }

  private Answer<CampaignView> stand(Work work, CampaignStatus status, PauseMode mode) {
    Version live = live(work);
    return stand(
        work,
        new Standing(
            status,
            mode,
            live == null ? null : live.version(),
            live == null ? null : live.definition()),
        null);
  }

  private Answer<CampaignView> stand(Work work, Standing standing, @Nullable Version published) {
    Campaign campaign = work.campaign();
    long revision = campaigns.stand(work.business(), campaign.id(), standing, work.now());
    if (published != null) {
      facts.published(work.about(revision), published);
    }
    CampaignDefinition live = standing.live();
    facts.stands(work.about(revision), standing, live == null ? campaign.draft() : live);
    return Answer.done(
        read.view(work.business(), campaigns.find(work.business(), campaign.id()).orElseThrow()));
  }

  private Answer<CampaignView> delete(Work work) {
    Campaign campaign = work.campaign();
    CampaignView last = read.view(work.business(), campaign);
    uses.remove(work.business(), campaign.id());
    long revision = campaigns.delete(work.business(), campaign.id(), work.now());
    facts.deleted(work.about(revision), campaign.draft().name());
    return Answer.done(last);
  }

  private PauseMode ownMode(Work work) {
    Version live = live(work);
    return (live == null ? work.campaign().draft() : live.definition()).settings().pauseMode();
  }

  private @Nullable Version live(Work work) {
    Integer current = work.campaign().currentVersion();
    return current == null
        ? null
        : versions.find(work.business(), work.campaign().id(), current).orElseThrow();
  }
}
