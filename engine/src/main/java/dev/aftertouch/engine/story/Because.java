package dev.aftertouch.engine.story;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.Reason;
import dev.aftertouch.engine.journey.StopReason;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reasons as clauses of a sentence, from their codes and evidence. Missing evidence is left out.
 */
final class Because {
  private Because() {}

  /** A reason of the gate, or what a provider answered; a code that is newer than this stays. */
  static String of(String code, Map<String, String> evidence, Channel channel) {
    return Reason.of(code)
        .map(reason -> clause(reason, evidence, channel))
        .orElseGet(() -> provider(code));
  }

  /** Why an enrollment ended early. */
  static String stop(String code) {
    return StopReason.of(code).map(Because::clause).orElseGet(() -> words(code));
  }

  static String words(String code) {
    return code.replace('_', ' ').toLowerCase(Locale.ENGLISH);
  }

  private static String clause(Reason reason, Map<String, String> evidence, Channel channel) {
    return switch (reason) {
      case ALLOWED -> "nothing spoke against it";
      case QUIET_HOURS -> quietHours(evidence);
      case BUSINESS_HOURS -> "it was outside the campaign's hours" + where(evidence);
      case PACING ->
          evidence.containsKey("limit_per_hour")
              ? "the limit of %s %s an hour was reached"
                  .formatted(evidence.get("limit_per_hour"), Story.messages(channel))
              : "the hourly limit was reached";
      case CAMPAIGN_HELD -> "the campaign was paused and holds its touches";
      case ENROLLMENT_STOPPED ->
          evidence.containsKey("stop_reason")
              ? "the enrollment had been stopped, because " + stop(evidence.get("stop_reason"))
              : "the enrollment had been stopped";
      case CAMPAIGN_NOT_ACTIVE -> "the campaign was not active";
      case BUSINESS_UNKNOWN -> "the business was not known";
      case CUSTOMER_UNKNOWN -> "the customer was not known or had been erased";
      case NO_ADDRESS ->
          switch (channel) {
            case EMAIL -> "the customer has no e-mail address";
            case SMS -> "the customer has no phone number";
          };
      case SUPPRESSED ->
          evidence.containsKey("suppression")
              ? "the address is not to be contacted: " + words(evidence.get("suppression"))
              : "the address is not to be contacted";
      case CHANNEL_NOT_CONFIGURED ->
          "the business is not set up to send %s".formatted(Story.messages(channel));
      case MISSING_VARIABLE ->
          evidence.containsKey("variable")
              ? "“%s” is missing, which its text needs".formatted(evidence.get("variable"))
              : "something is missing that its text needs";
      case TOO_MANY_SEGMENTS ->
          "its text is too long" + compared(" segments", "segments", evidence);
      case TOO_LATE -> "it was overdue for too long" + compared("", "late", evidence);
      case FREQUENCY_CAP ->
          "law".equals(evidence.get("rule"))
              ? "the customer had been sent %s texts in 24 hours%s"
                  .formatted(evidence.getOrDefault("texts_in_24_hours", "all"), law(evidence))
              : evidence.containsKey("minimum_gap")
                  ? "the customer had another touch less than %s before"
                      .formatted(length(evidence.get("minimum_gap")))
                  : "the customer had another touch shortly before";
      case IN_REVIEW -> "a text of the customer may be an opt-out and nobody has read it yet";
      case CLICK_IN_DOUBT -> "it was not sure yet whether a person had clicked the review link";
      case CONSENT_ENDED ->
          "the customer’s consent, which followed from the job, had ended%s"
              .formatted(law(evidence));
      case COMPLAINT_RATE ->
          switch (channel) {
            case EMAIL -> "too many of the business's e-mails were reported as spam";
            case SMS -> "carriers filtered too many of the business's texts";
          };
    };
  }

  private static String clause(StopReason reason) {
    return switch (reason) {
      case REVIEW_CLICKED -> "the customer clicked the review link";
      case FEEDBACK_SUBMITTED -> "the customer gave feedback";
      case REPLIED -> "the customer replied";
      case OPTED_OUT_SMS -> "the customer opted out of texts";
      case OPTED_OUT_EMAIL -> "the customer opted out of e-mails";
      case EMAIL_BOUNCED -> "an e-mail bounced";
      case EMAIL_COMPLAINED -> "the customer marked an e-mail as unwanted";
      case OWNER_STOPPED -> "the business stopped it";
      case CAMPAIGN_PAUSED -> "the campaign was paused";
      case CAMPAIGN_DELETED -> "the campaign was deleted";
      case REPEAT_JOB -> "the customer booked again";
      case JOB_REOPENED -> "the job was reopened";
      case JOB_CANCELLED -> "the job was cancelled";
      case CUSTOMER_ERASED -> "the customer was erased";
    };
  }

  private static String provider(String code) {
    return switch (code) {
      case "provider_throttled" -> "the provider asked to send more slowly";
      case "provider_unauthorized" -> "the provider refused the business's credentials";
      case "provider_unavailable" -> "the provider could not be reached";
      default -> words(code);
    };
  }

  private static String quietHours(Map<String, String> evidence) {
    if (!"law".equals(evidence.get("rule"))) {
      return "it was in the business's quiet hours" + where(evidence);
    }
    String whose = isOurs(evidence) ? "that we keep for every message" : "that the law allows";
    return "it was outside the hours %s%s%s".formatted(whose, where(evidence), law(evidence));
  }

  /** What the law says, or we do, and where it is written. */
  private static String law(Map<String, String> evidence) {
    String says = evidence.get("law_says");
    if (says == null) {
      return "";
    }
    String source = evidence.get("law_source");
    return source == null || isOurs(evidence)
        ? " (%s)".formatted(says)
        : " (%s; %s)".formatted(says, source);
  }

  /** Whether the rule holds everywhere, which only our own do. */
  private static boolean isOurs(Map<String, String> evidence) {
    return "*".equals(evidence.get("jurisdiction"));
  }

  private static String where(Map<String, String> evidence) {
    String zone = evidence.getOrDefault("zone", "");
    if (zone.isEmpty()) {
      return "";
    }
    String candidates = evidence.getOrDefault("candidate_zones", "1");
    return candidates.equals("1")
        ? " in " + zone
        : " in %s, one of %s zones where the customer may be".formatted(zone, candidates);
  }

  /** Figure and limit in brackets, where both are there. */
  private static String compared(String unit, String figure, Map<String, String> evidence) {
    return evidence.containsKey(figure) && evidence.containsKey("limit")
        ? " (%s%s, the limit is %s)"
            .formatted(length(evidence.get(figure)), unit, length(evidence.get("limit")))
        : "";
  }

  /** A duration in whole hours or minutes; anything else as it is. */
  private static String length(String text) {
    return duration(text)
        .map(
            duration ->
                duration.toHours() > 0
                    ? count(duration.toHours(), "hour")
                    : count(duration.toMinutes(), "minute"))
        .orElse(text);
  }

  private static String count(long number, String unit) {
    return number == 1 ? "1 " + unit : number + " " + unit + "s";
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeParseException notOne) {
      return Optional.empty();
    }
  }
}
