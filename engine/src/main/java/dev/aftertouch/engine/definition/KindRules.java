package dev.aftertouch.engine.definition;

import java.util.List;
import java.util.Locale;

/** What each kind of campaign demands of its steps. */
final class KindRules {
  private KindRules() {}

  static void stepsSuitTheKind(CampaignDefinition definition, FieldErrors errors) {
    switch (definition.kind()) {
      case MULTI_TOUCH -> oneToFourTouchesAndNothingElse(definition, errors);
      case TRACK15 -> exactlyFifteenTouches(definition, errors);
      case DRIP, EVENT, REENGAGEMENT, RETENTION, NURTURE -> atLeastOneStep(definition, errors);
    }
  }

  private static void oneToFourTouchesAndNothingElse(
      CampaignDefinition definition, FieldErrors errors) {
    if (definition.steps().isEmpty()) {
      errors.add(
          "steps",
          "missing",
          "A multi-touch campaign has 1 to "
              + DefinitionRules.MAXIMUM_TOUCHES
              + " touches; add the first.");
    }
    touchesOnly(definition.steps(), "A multi-touch campaign", errors);
    int number = 0;
    for (int i = 0; i < definition.steps().size(); i++) {
      if (definition.steps().get(i) instanceof Step.Touching
          && ++number > DefinitionRules.MAXIMUM_TOUCHES) {
        errors.add(
            "steps[" + i + "]",
            "too_many_touches",
            "Touch number "
                + number
                + " is not possible: a multi-touch campaign has at most "
                + DefinitionRules.MAXIMUM_TOUCHES
                + " touches. Remove it, or make this a drip campaign.");
      }
    }
  }

  private static void exactlyFifteenTouches(CampaignDefinition definition, FieldErrors errors) {
    touchesOnly(definition.steps(), "A Track15 campaign", errors);
    int touches = Steps.touches(definition).size();
    int wanted = DefinitionRules.TRACK15_TOUCHES;
    if (touches < wanted) {
      String missing =
          touches + 1 == wanted
              ? "touch " + wanted + " is"
              : "touches " + (touches + 1) + " to " + wanted + " are";
      errors.add(
          "steps",
          "too_few_touches",
          "A Track15 campaign has exactly " + wanted + " touches: " + missing + " missing.");
    }
    if (touches > wanted) {
      errors.add(
          "steps",
          "too_many_touches",
          "A Track15 campaign has exactly " + wanted + " touches, this one " + touches + ".");
    }
  }

  private static void atLeastOneStep(CampaignDefinition definition, FieldErrors errors) {
    if (definition.steps().isEmpty()) {
      errors.add("steps", "missing", "A campaign needs at least one step.");
    }
    int all = Steps.located(definition).size();
    if (all > DefinitionRules.MAXIMUM_STEPS) {
      errors.add(
          "steps",
          "too_many_steps",
          "A campaign has at most "
              + DefinitionRules.MAXIMUM_STEPS
              + " steps, this one "
              + all
              + ".");
    }
  }

  private static void touchesOnly(List<Step> steps, String campaign, FieldErrors errors) {
    for (int i = 0; i < steps.size(); i++) {
      if (!(steps.get(i) instanceof Step.Touching)) {
        errors.add(
            "steps[" + i + "]",
            "step_not_allowed",
            campaign
                + " consists of e-mails and texts only, not of "
                + kind(steps.get(i)).replace('_', ' ').toLowerCase(Locale.ROOT)
                + " steps.");
      }
    }
  }

  private static String kind(Step step) {
    return StepKind.of(step).code();
  }
}
