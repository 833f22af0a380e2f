package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.campaign.campaigns.TemplateUses.Usable;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Template;
import java.util.List;
import java.util.Map;

/** Gives the steps that use a template its present wording. */
final class Wording {
  private Wording() {}

  static CampaignDefinition present(CampaignDefinition draft, Map<String, Usable> uses) {
    return uses.isEmpty() ? draft : draft.withSteps(steps(draft.steps(), uses));
  }

  private static List<Step> steps(List<Step> steps, Map<String, Usable> uses) {
    return steps.stream().map(step -> step(step, uses)).toList();
  }

  private static Step step(Step step, Map<String, Usable> uses) {
    return switch (step) {
      case Step.SendEmail email -> new Step.SendEmail(email.id(), email.delay(), of(email, uses));
      case Step.SendSms sms -> new Step.SendSms(sms.id(), sms.delay(), of(sms, uses));
      case Step.Conditional either ->
          new Step.Conditional(
              either.id(),
              either.delay(),
              either.condition(),
              steps(either.whenTrue(), uses),
              steps(either.whenFalse(), uses));
      case Step.CreateTask silent -> silent;
      case Step.Wait silent -> silent;
      case Step.UpdateField silent -> silent;
      case Step.ManageTags silent -> silent;
      case Step.Notify silent -> silent;
      case Step.Webhook silent -> silent;
      case Step.ExitCampaign silent -> silent;
    };
  }

  private static Template of(Step.Touching touch, Map<String, Usable> uses) {
    Usable used = uses.get(touch.id());
    return used == null ? touch.template() : used.wording();
  }
}
