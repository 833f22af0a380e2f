package dev.aftertouch.engine.definition;

import dev.aftertouch.engine.content.TemplateVariables;
import dev.aftertouch.engine.content.Variables;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the texts of a campaign must fulfil. */
final class TemplateRules {
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_EMAIL = 100_000;
  private static final int LONGEST_SMS = 1_600;
  private static final Pattern ACTIVE_HTML =
      Pattern.compile(
          "<\\s*(script|iframe|object|embed|form|base|meta)\\b", Pattern.CASE_INSENSITIVE);
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
        case Step.SendEmail email -> checkTemplate(path, email.template(), errors);
        case Step.SendSms sms -> checkTemplate(path, sms.template(), errors);
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
    String subject = template.subject();
    if (subject == null || subject.isBlank()) {
      errors.add(path + ".subject", "subject_missing", "An e-mail needs a subject.");
    } else {
      errors.requireText(path + ".subject", subject, LONGEST_SUBJECT, "The subject");
      if (subject.lines().count() > 1) {
        errors.add(
            path + ".subject", "subject_has_line_break", "A subject is one line without breaks.");
      }
    }
    errors.requireText(path + ".body", template.body(), LONGEST_EMAIL, "The e-mail's body");
    if (ACTIVE_HTML.matcher(template.body()).find()) {
      errors.add(
          path + ".body",
          "html_not_allowed",
          "Scripts, forms and frames are not possible in an e-mail; remove them.");
    }
  }

  private static void checkSms(String path, Template template, FieldErrors errors) {
    if (template.subject() != null) {
      errors.add(
          path + ".subject", "subject_not_allowed", "A text message has no subject; remove it.");
    }
    errors.requireText(path + ".body", template.body(), LONGEST_SMS, "The text message");
    if (HTML_TAG.matcher(template.body()).find()) {
      errors.add(
          path + ".body",
          "html_not_allowed",
          "A text message is plain text: the customer would see its HTML tags.");
    }
  }

  private static void checkTemplate(String path, Template template, FieldErrors errors) {
    String subject = template.subject();
    if (subject != null) {
      checkVariables(path + ".template.subject", subject, errors);
    }
    checkVariables(path + ".template.body", template.body(), errors);
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
