package dev.aftertouch.engine.definition;

import dev.aftertouch.engine.content.ContentProblem;
import dev.aftertouch.engine.content.ContentRules;
import dev.aftertouch.engine.content.TemplateVariables;
import dev.aftertouch.engine.content.Variables;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the texts of a campaign must fulfil. */
final class TemplateRules {
  private static final Pattern HTML_TAG =
      Pattern.compile(
          "</?\\s*(p|br|a|b|i|u|div|span|strong|em|h[1-6]|ul|ol|li|img|table|html|body|script)\\b"
              + "[^>]*>",
          Pattern.CASE_INSENSITIVE);

  private TemplateRules() {}

  static void templatesSuitTheChannel(CampaignDefinition definition, FieldErrors errors) {
    for (Steps.Located located : Steps.located(definition)) {
      if (located.step() instanceof Step.Touching touch) {
        String path = located.path() + ".template";
        switch (touch.channel()) {
          case EMAIL -> checkEmail(path, touch.template(), errors);
          case SMS -> checkSms(path, touch.template(), errors);
        }
      }
    }
  }

  static void variablesAreKnown(CampaignDefinition definition, FieldErrors errors) {
    for (Steps.Located located : Steps.located(definition)) {
      String path = located.path();
      switch (located.step()) {
        case Step.SendEmail ignored -> {} // judged with its text
        case Step.SendSms ignored -> {} // judged with its text
        case Step.CreateTask task -> {
          checkVariables(path + ".title", task.title(), errors);
          String description = task.description();
          if (description != null) {
            checkVariables(path + ".description", description, errors);
          }
        }
        case Step.UpdateField update -> checkVariables(path + ".value", update.value(), errors);
        case Step.Notify notify -> checkVariables(path + ".message", notify.message(), errors);
        case Step.Webhook webhook ->
            webhook
                .fields()
                .forEach((name, text) -> checkVariables(path + ".fields." + name, text, errors));
        case Step.Wait ignored -> {}
        case Step.ManageTags ignored -> {}
        case Step.Conditional ignored -> {}
        case Step.ExitCampaign ignored -> {}
      }
    }
  }

  private static void checkEmail(String path, Template template, FieldErrors errors) {
    report(path, ContentRules.email(template.subject(), template.body()), errors);
  }

  private static void checkSms(String path, Template template, FieldErrors errors) {
    if (template.subject() != null) {
      errors.add(
          path + ".subject", "subject_not_allowed", "A text message has no subject; remove it.");
    }
    report(path, ContentRules.sms(template.body()), errors);
    if (HTML_TAG.matcher(template.body()).find()) {
      errors.add(
          path + ".body",
          "html_not_allowed",
          "A text message is plain text: the customer would see its HTML tags.");
    }
  }

  private static void report(String path, List<ContentProblem> problems, FieldErrors errors) {
    problems.forEach(
        problem -> errors.add(path + "." + problem.part(), problem.code(), problem.message()));
  }

  private static void checkVariables(String field, String text, FieldErrors errors) {
    for (String name : new TreeSet<>(TemplateVariables.namesIn(text))) {
      if (!Variables.isKnown(name)) {
        errors.add(
            field,
            "unknown_variable",
            "{{"
                + name
                + "}} is no variable. Possible are "
                + String.join(", ", new TreeSet<>(Variables.KNOWN))
                + " and custom.<field>.");
      }
    }
  }
}
