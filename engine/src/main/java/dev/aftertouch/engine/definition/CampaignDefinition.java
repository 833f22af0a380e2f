package dev.aftertouch.engine.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign says and when: the same document is the API body, the stored version, the payload
 * in topic campaigns and the file in Git.
 *
 * @param serviceType null means all services
 */
public record CampaignDefinition(
    String name,
    CampaignKind kind,
    @Nullable ServiceType serviceType,
    CampaignSettings settings,
    List<Trigger> triggers,
    List<Step> steps) {

  public CampaignDefinition {
    triggers = List.copyOf(triggers);
    steps = List.copyOf(steps);
  }

  /** The same under another name: how a preset or campaign is duplicated (MT-02). */
  public CampaignDefinition withName(String name) {
    return new CampaignDefinition(name, kind, serviceType, settings, triggers, steps);
  }

  /** The same for another service type; null means all services. */
  public CampaignDefinition withServiceType(@Nullable ServiceType serviceType) {
    return new CampaignDefinition(name, kind, serviceType, settings, triggers, steps);
  }

  /** The same with other steps. */
  public CampaignDefinition withSteps(List<Step> steps) {
    return new CampaignDefinition(name, kind, serviceType, settings, triggers, steps);
  }

  /** The same with other settings. */
  public CampaignDefinition withSettings(CampaignSettings settings) {
    return new CampaignDefinition(name, kind, serviceType, settings, triggers, steps);
  }

  /**
   * Whether a finished job enrolls by itself: what the uniqueness of MT-D1 and matching (MT-08)
   * count.
   */
  public boolean enrollsOnJobCompletion() {
    return settings.enrollment() == CampaignSettings.EnrollmentMode.AUTOMATIC
        && triggers.stream().anyMatch(Trigger.JobCompletion.class::isInstance);
  }
}
