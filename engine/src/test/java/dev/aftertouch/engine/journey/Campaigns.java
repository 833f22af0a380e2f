package dev.aftertouch.engine.journey;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.CampaignSettings;
import dev.aftertouch.engine.definition.Condition;
import dev.aftertouch.engine.definition.Delay;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Template;
import dev.aftertouch.engine.definition.Trigger;
import java.util.List;

/** Definitions for the tests of this package. */
final class Campaigns {
  static final Template EMAIL = new Template("How did it go?", "<p>{{review_link}}</p>");
  static final Template TEXT = new Template(null, "{{review_link}}");

  static final Step.SendEmail FIRST = email("first", 24);
  static final Step.SendSms SECOND = sms("second", 48);
  static final Step.SendEmail THIRD = email("third", 72);

  /** Three touches, 24, 72 and 144 hours after the anchor. */
  static final CampaignDefinition THREE_TOUCHES =
      of(CampaignKind.MULTI_TOUCH, FIRST, SECOND, THIRD);

  private Campaigns() {}

  static CampaignDefinition of(CampaignKind kind, Step... steps) {
    return new CampaignDefinition(
        "Follow-up",
        kind,
        null,
        CampaignSettings.DEFAULTS,
        List.of(new Trigger.JobCompletion()),
        List.of(steps));
  }

  static Step.SendEmail email(String id, int hours) {
    return new Step.SendEmail(id, Delay.hours(hours), EMAIL);
  }

  static Step.SendSms sms(String id, int hours) {
    return new Step.SendSms(id, Delay.hours(hours), TEXT);
  }

  static Step.Conditional conditional(
      String id, int hours, Condition condition, List<Step> whenTrue, List<Step> whenFalse) {
    return new Step.Conditional(id, Delay.hours(hours), condition, whenTrue, whenFalse);
  }

  static Condition inCity(String city) {
    return new Condition.Compare("customer.city", Condition.Operator.EQUALS, city, List.of());
  }
}
