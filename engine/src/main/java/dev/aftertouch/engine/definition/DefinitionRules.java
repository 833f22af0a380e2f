package dev.aftertouch.engine.definition;

import java.util.List;

/**
 * Everything that a definition must fulfil before it is published. Each rule is a named function of
 * this list; a rule that is not in the list does not hold. Drafts may break them.
 */
public final class DefinitionRules {
  /** The longest chain of conditionals within conditionals. */
  public static final int MAXIMUM_DEPTH = 5;

  /** The most touches of a multi-touch campaign (MT-03). */
  public static final int MAXIMUM_TOUCHES = 4;

  /** The touches of a Track15 campaign, no more and no fewer (T15-02). */
  public static final int TRACK15_TOUCHES = 15;

  /** The most steps of any campaign, nested ones included. */
  public static final int MAXIMUM_STEPS = 200;

  /** One demand on a definition; it adds what is wrong. */
  private interface Rule {
    void check(CampaignDefinition definition, FieldErrors errors);
  }

  private static final List<Rule> RULES =
      List.of(
          CampaignRules::nameHas1To100Characters,
          CampaignRules::settingsAreInRange,
          CampaignRules::businessHoursAreAWindow,
          CampaignRules::automaticCampaignHasATrigger,
          CampaignRules::triggersAreComplete,
          KindRules::stepsSuitTheKind,
          StepRules::idsAreWellFormed,
          StepRules::idsAreUnique,
          StepRules::delaysSuitTheStep,
          StepRules::conditionalsAreNestedAtMostFiveDeep,
          StepRules::stepsAreComplete,
          TemplateRules::templatesSuitTheChannel,
          TemplateRules::variablesAreKnown);

  private DefinitionRules() {}

  /** What is wrong, in the order of the rules; empty when the definition may be published. */
  public static List<FieldError> check(CampaignDefinition definition) {
    FieldErrors errors = new FieldErrors();
    for (Rule rule : RULES) {
      rule.check(definition, errors);
    }
    return errors.toList();
  }
}
