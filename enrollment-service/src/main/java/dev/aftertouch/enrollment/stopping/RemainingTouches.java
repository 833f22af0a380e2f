package dev.aftertouch.enrollment.stopping;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Steps;
import java.util.List;

/**
 * What a customer would still be told: every touch that the document places at or behind the
 * present step.
 */
final class RemainingTouches {
  private RemainingTouches() {}

  /**
   * From the step on; all touches when the step is unknown. Branches that were not taken may be
   * among them.
   */
  static List<Step.Touching> of(CampaignDefinition definition, String stepId) {
    List<Step> steps = Steps.located(definition).stream().map(Steps.Located::step).toList();
    int present = Math.max(0, steps.stream().map(Step::id).toList().indexOf(stepId));
    return steps.subList(present, steps.size()).stream()
        .filter(Step.Touching.class::isInstance)
        .map(Step.Touching.class::cast)
        .toList();
  }
}
