package dev.aftertouch.campaign.templates;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.CampaignSettings;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.DefinitionRules;
import dev.aftertouch.engine.definition.Delay;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Template;
import dev.aftertouch.engine.definition.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template as somebody wants it. */
record TemplateDraft(String name, Channel channel, @Nullable String subject, String body) {
  private static final String PATH = "steps[0].template.";

  /** What is wrong with it; empty when it may be kept. */
  List<FieldError> check() {
    List<FieldError> errors = new ArrayList<>();
    if (name.isBlank() || name.length() > 100 || name.chars().anyMatch(Character::isISOControl)) {
      errors.add(
          new FieldError(
              "name", "name_invalid", "Give a name of 1 to 100 characters on one line."));
    }
    if (body.indexOf('\0') >= 0 || (subject != null && subject.indexOf('\0') >= 0)) {
      errors.add(new FieldError("body", "text_invalid", "Remove the NUL character."));
    }
    errors.addAll(wordingErrors());
    return errors;
  }

  /** The rules of a step's wording, asked by way of a campaign that has only this step. */
  private List<FieldError> wordingErrors() {
    Template wording = new Template(subject, body);
    Step step =
        switch (channel) {
          case EMAIL -> new Step.SendEmail("step", Delay.hours(1), wording);
          case SMS -> new Step.SendSms("step", Delay.hours(1), wording);
        };
    CampaignDefinition around =
        new CampaignDefinition(
            "around",
            CampaignKind.MULTI_TOUCH,
            null,
            CampaignSettings.DEFAULTS,
            List.of(new Trigger.JobCompletion()),
            List.of(step));
    return DefinitionRules.check(around).stream()
        .filter(error -> error.field().startsWith(PATH))
        .map(
            error ->
                new FieldError(
                    error.field().substring(PATH.length()), error.code(), error.message()))
        .toList();
  }
}
