package dev.aftertouch.engine.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign says and when: the same document is the API body, the stored version, the payload in topic campaigns and the
 * file in Git.
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
}
