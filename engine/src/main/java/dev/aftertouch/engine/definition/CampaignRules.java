package dev.aftertouch.engine.definition;

import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.definition.CampaignSettings.EnrollmentMode;
import dev.aftertouch.engine.definition.CampaignSettings.Goal;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules on the campaign itself: name, settings and triggers. */
final class CampaignRules {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_DESCRIPTION = 2_000;
  private static final int LONGEST_WORD = 100;
  private static final int MOST_DAYS = 3_650;
  private static final Set<String> STAGE_SUBJECTS = Set.of("customer", "project");

  private CampaignRules() {}

  static void nameHas1To100Characters(CampaignDefinition definition, FieldErrors errors) {
    errors.requireText("name", definition.name(), LONGEST_NAME, "The campaign's name");
  }

  static void settingsAreInRange(CampaignDefinition definition, FieldErrors errors) {
    CampaignSettings settings = definition.settings();
    String description = settings.description();
    if (description != null && description.length() > LONGEST_DESCRIPTION) {
      errors.requireText(
          "settings.description", description, LONGEST_DESCRIPTION, "The description");
    }
    Goal goal = settings.goal();
    if (goal != null && goal.target() < 1) {
      errors.add("settings.goal.target", "not_positive", "A goal's target is at least 1.");
    }
    int afterDays = settings.reenrollment().afterDays();
    if (afterDays < 0 || afterDays > MOST_DAYS) {
      errors.add(
          "settings.reenrollment.after_days",
          "out_of_range",
          "Enrolling again is possible after 0 to " + MOST_DAYS + " days, not " + afterDays + ".");
    }
    Integer maximum = settings.maximumEnrollments();
    if (maximum != null && maximum < 1) {
      errors.add(
          "settings.maximum_enrollments",
          "not_positive",
          "The maximum of enrollments is at least 1; leave it out for no limit.");
    }
  }

  static void businessHoursAreAWindow(CampaignDefinition definition, FieldErrors errors) {
    BusinessHours hours = definition.settings().businessHours();
    if (hours == null) {
      return;
    }
    if (hours.start().equals(hours.end())) {
      errors.add(
          "settings.business_hours.end",
          "empty_window",
          "Business hours that start and end at " + hours.start() + " have no length.");
    }
    if (hours.days().isEmpty()) {
      errors.add(
          "settings.business_hours.days", "missing", "Business hours need at least one day.");
    }
    String zone = hours.timeZone();
    if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
      errors.add(
          "settings.business_hours.time_zone",
          "unknown_time_zone",
          "\"" + zone + "\" is no IANA time zone such as America/Chicago.");
    }
  }

  static void automaticCampaignHasATrigger(CampaignDefinition definition, FieldErrors errors) {
    boolean automatic = definition.settings().enrollment() == EnrollmentMode.AUTOMATIC;
    boolean byHandOnly = definition.triggers().stream().allMatch(Trigger.Manual.class::isInstance);
    if (automatic && byHandOnly) {
      errors.add(
          "triggers",
          "missing",
          "Nothing would enroll anybody: add a trigger, such as job_completion, or set the enrollment"
              + " to manual.");
    }
  }

  static void triggersAreComplete(CampaignDefinition definition, FieldErrors errors) {
    boolean jobCompletion = false;
    for (int i = 0; i < definition.triggers().size(); i++) {
      Trigger trigger = definition.triggers().get(i);
      String path = "triggers[" + i + "]";
      if (definition.kind() == CampaignKind.MULTI_TOUCH && !suitsMultiTouch(trigger)) {
        errors.add(
            path,
            "trigger_not_allowed",
            "A multi-touch campaign follows finished jobs: its triggers are job_completion and"
                + " manual.");
      }
      switch (trigger) {
        case Trigger.JobCompletion ignored -> {
          if (jobCompletion) {
            errors.add(path, "repeated", "The trigger job_completion is there twice.");
          }
          jobCompletion = true;
        }
        case Trigger.StageChange change -> checkStageChange(path, change, errors);
        case Trigger.TimeBased dated -> {
          errors.requireText(
              path + ".date_field", dated.dateField(), LONGEST_WORD, "The date field");
          if (Math.abs(dated.days()) > MOST_DAYS) {
            errors.add(
                path + ".days", "out_of_range", "A date lies at most " + MOST_DAYS + " days away.");
          }
          checkCondition(path, dated.condition(), errors);
        }
        case Trigger.Event event -> {
          errors.requireText(path + ".name", event.name(), LONGEST_WORD, "The event's name");
          checkCondition(path, event.condition(), errors);
        }
        case Trigger.Manual ignored -> {}
      }
    }
  }

  private static boolean suitsMultiTouch(Trigger trigger) {
    return switch (trigger) {
      case Trigger.JobCompletion ignored -> true;
      case Trigger.Manual ignored -> true;
      case Trigger.StageChange ignored -> false;
      case Trigger.TimeBased ignored -> false;
      case Trigger.Event ignored -> false;
    };
  }

  private static void checkStageChange(
      String path, Trigger.StageChange change, FieldErrors errors) {
    if (!STAGE_SUBJECTS.contains(change.subject())) {
      errors.add(
          path + ".subject",
          "unknown_subject",
          "Stages change of a customer or a project, not of \"" + change.subject() + "\".");
    }
    errors.requireText(path + ".to", change.to(), LONGEST_WORD, "The stage");
    checkCondition(path, change.condition(), errors);
  }

  private static void checkCondition(
      String path, @Nullable Condition condition, FieldErrors errors) {
    if (condition != null) {
      ConditionRules.check(path + ".condition", condition, errors);
    }
  }
}
