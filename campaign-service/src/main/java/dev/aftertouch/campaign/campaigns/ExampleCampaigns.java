package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.campaign.answers.Answer;
import dev.aftertouch.campaign.answers.IfMatch;
import dev.aftertouch.engine.definition.CampaignLifecycle.Command;
import dev.aftertouch.engine.definition.PauseMode;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Gives a business something to begin with, in one transaction, as its owner would do it. */
@Component
public class ExampleCampaigns {
  private final Tenancy tenancy;
  private final Campaigns campaigns;
  private final KeepDrafts drafts;
  private final ChangeStanding standing;

  ExampleCampaigns(
      Tenancy tenancy, Campaigns campaigns, KeepDrafts drafts, ChangeStanding standing) {
    this.tenancy = tenancy;
    this.campaigns = campaigns;
    this.drafts = drafts;
    this.standing = standing;
  }

  /**
   * Adds an active standard campaign and a paused one for painting, unless the business ever had a
   * campaign.
   */
  public void addTo(CurrentUser owner) {
    tenancy.asBusiness(
        owner.businessId(),
        () -> {
          if (campaigns.hadAny(owner.businessId())) {
            return;
          }
          CampaignView standard = duplicate(owner, "standard", "After the job", Optional.empty());
          carryOut(owner, standard.id(), new Command.Activate());
          CampaignView painting =
              duplicate(
                  owner,
                  "aggressive",
                  "After painting (paused)",
                  Optional.of(new KeepDrafts.ServiceChoice(ServiceType.PAINTING)));
          carryOut(owner, painting.id(), new Command.Activate());
          carryOut(owner, painting.id(), new Command.Pause(PauseMode.HOLD));
        });
  }

  private CampaignView duplicate(
      CurrentUser owner,
      String presetKey,
      String name,
      Optional<KeepDrafts.ServiceChoice> service) {
    UUID preset =
        campaigns.presets().stream()
            .filter(c -> presetKey.equals(c.presetKey()))
            .findFirst()
            .orElseThrow()
            .id();
    return done(
        drafts.duplicate(owner.businessId(), preset, new KeepDrafts.Changes(name, service)));
  }

  private void carryOut(CurrentUser owner, UUID campaign, Command command) {
    done(standing.carryOut(owner, campaign, new IfMatch(null), command));
  }

  private static CampaignView done(Answer<CampaignView> answer) {
    return switch (answer) {
      case Answer.Done<CampaignView> done -> done.value();
      case Answer.Refused<CampaignView> refused ->
          throw new IllegalStateException("An example campaign was refused: " + refused.refusal());
    };
  }
}
