package dev.aftertouch.engine.definition;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What every step must fulfil, whatever the campaign's kind. */
final class StepRules {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*");
  private static final Pattern TAG = Pattern.compile("[^\\s,][^,]{0,49}");
  private static final Duration LONGEST_DELAY = Duration.ofDays(366);
  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_TEXT = 2_000;

  private StepRules() {}

  static void idsAreWellFormed(CampaignDefinition definition, FieldErrors errors) {
    for (Steps.Located located : Steps.located(definition)) {
      if (!ID.matcher(located.step().id()).matches()) {
        errors.add(
            located.path() + ".id",
            "id_malformed",
            "A step's id has 1 to 63 lower-case letters, digits and hyphens and does not begin with"
                + " a hyphen; \""
                + located.step().id()
                + "\" does not fit.");
      }
    }
  }

  static void idsAreUnique(CampaignDefinition definition, FieldErrors errors) {
    Map<String, String> firstPaths = new HashMap<>();
    for (Steps.Located located : Steps.located(definition)) {
      String earlier = firstPaths.putIfAbsent(located.step().id(), located.path());
      if (earlier != null) {
        errors.add(
            located.path() + ".id",
            "id_repeated",
            "The id \"" + located.step().id() + "\" is already that of " + earlier + ".");
      }
    }
  }

  static void delaysSuitTheStep(CampaignDefinition definition, FieldErrors errors) {
    boolean multiTouch = definition.kind() == CampaignKind.MULTI_TOUCH;
    for (Steps.Located located : Steps.located(definition)) {
      Step step = located.step();
      int amount = step.delay().amount();
      String field = located.path() + ".delay.amount";
      boolean mustTakeTime = multiTouch || step instanceof Step.Wait;
      if (mustTakeTime && amount <= 0) {
        errors.add(
            field,
            "delay_not_positive",
            "The delay is " + amount + "; it must be at least 1 " + unit(step.delay()) + ".");
      } else if (amount < 0) {
        errors.add(field, "delay_negative", "A delay of " + amount + " lies in the past.");
      } else if (step.delay().toDuration().compareTo(LONGEST_DELAY) > 0) {
        errors.add(
            field,
            "delay_too_long",
            "A delay of "
                + step.delay().toDuration().toDays()
                + " days is longer than "
                + LONGEST_DELAY.toDays()
                + " days.");
      }
    }
  }

  static void conditionalsAreNestedAtMostFiveDeep(
      CampaignDefinition definition, FieldErrors errors) {
    for (Steps.Located located : Steps.located(definition)) {
      if (located.step() instanceof Step.Conditional
          && located.depth() == DefinitionRules.MAXIMUM_DEPTH) {
        errors.add(
            located.path(),
            "nested_too_deep",
            "Conditionals lie at most "
                + DefinitionRules.MAXIMUM_DEPTH
                + " deep in one another; this one is one too many.");
      }
    }
  }

  static void stepsAreComplete(CampaignDefinition definition, FieldErrors errors) {
    for (Steps.Located located : Steps.located(definition)) {
      check(located.path(), located.step(), errors);
    }
  }

  private static void check(String path, Step step, FieldErrors errors) {
    switch (step) {
      case Step.SendEmail ignored -> {} // TemplateRules
      case Step.SendSms ignored -> {} // TemplateRules
      case Step.Wait ignored -> {} // delaysSuitTheStep
      case Step.CreateTask task -> {
        errors.requireText(path + ".title", task.title(), LONGEST_TITLE, "The task's title");
        String description = task.description();
        if (description != null && description.length() > LONGEST_TEXT) {
          errors.requireText(
              path + ".description", description, LONGEST_TEXT, "The task's description");
        }
      }
      case Step.UpdateField update -> {
        if (!FIELD.matcher(update.field()).matches()) {
          errors.add(
              path + ".field",
              "field_malformed",
              "\"" + update.field() + "\" is no field's name, such as city or custom.roof_age.");
        }
      }
      case Step.ManageTags tags -> checkTags(path, tags, errors);
      case Step.Notify notify -> {
        errors.requireText(path + ".audience", notify.audience(), LONGEST_TITLE, "The audience");
        errors.requireText(path + ".message", notify.message(), LONGEST_TEXT, "The notification");
      }
      case Step.Webhook webhook -> checkUrl(path + ".url", webhook.url(), errors);
      case Step.Conditional conditional -> {
        ConditionRules.check(path + ".condition", conditional.condition(), errors);
        if (conditional.whenTrue().isEmpty() && conditional.whenFalse().isEmpty()) {
          errors.add(
              path, "branches_missing", "Both branches are empty: the condition decides nothing.");
        }
      }
      case Step.ExitCampaign exit -> {
        String reason = exit.reason();
        if (reason != null && reason.length() > LONGEST_TITLE) {
          errors.requireText(path + ".reason", reason, LONGEST_TITLE, "The reason");
        }
      }
    }
  }

  private static void checkTags(String path, Step.ManageTags tags, FieldErrors errors) {
    if (tags.add().isEmpty() && tags.remove().isEmpty()) {
      errors.add(path, "tags_missing", "Name at least one tag to add or to remove.");
    }
    for (String tag : tags.add()) {
      if (tags.remove().contains(tag)) {
        errors.add(
            path + ".remove",
            "tag_contradicts",
            "The tag \"" + tag + "\" is both added and removed.");
      }
      checkTag(path + ".add", tag, errors);
    }
    for (String tag : tags.remove()) {
      checkTag(path + ".remove", tag, errors);
    }
  }

  private static void checkTag(String field, String tag, FieldErrors errors) {
    if (!TAG.matcher(tag).matches()) {
      errors.add(
          field,
          "tag_malformed",
          "A tag has 1 to 50 characters and no comma; \"" + tag + "\" does not fit.");
    }
  }

  /** Form only; whether the address may be called is decided when it is called. */
  private static void checkUrl(String field, String url, FieldErrors errors) {
    boolean fits;
    try {
      URI uri = new URI(url);
      fits = "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
    } catch (URISyntaxException malformed) {
      fits = false;
    }
    if (!fits) {
      errors.add(
          field,
          "url_malformed",
          "A webhook needs a whole address that begins with https://, not \"" + url + "\".");
    }
  }

  private static String unit(Delay delay) {
    String plural = delay.unit().name().toLowerCase(Locale.ROOT);
    return plural.substring(0, plural.length() - 1);
  }
}
