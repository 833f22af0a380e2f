package dev.aftertouch.engine.business;

import dev.aftertouch.engine.definition.FieldError;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a business's settings before they are kept. Fields are named as in the
 * document.
 */
public final class SettingsRules {
  private static final int MOST_PER_HOUR = 10_000;
  private static final int LONGEST_LINK = 2_000;
  private static final int LONGEST_LINE = 200;
  private static final Duration LONGEST_TIMING = Duration.ofDays(90);
  private static final Duration LONGEST_COOLDOWN = Duration.ofDays(3650);
  private static final Duration LONGEST_GAP = Duration.ofDays(30);
  private static final Duration OLDEST_JOB = Duration.ofDays(365);
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@<>\",;:\\\\]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+");
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  private final List<FieldError> errors = new ArrayList<>();

  private SettingsRules() {}

  /**
   * Everything that is wrong, in the order of the document; empty when the settings may be kept.
   */
  public static List<FieldError> check(BusinessSettings settings) {
    SettingsRules rules = new SettingsRules();
    rules.place(settings);
    rules.sender(settings.sender());
    rules.link("links.review", settings.links().review());
    rules.link("links.booking", settings.links().booking());
    rules.link("links.calendar", settings.links().calendar());
    rules.quietHours(settings.quietHours());
    rules.pace("pacing.emails_per_hour", settings.pacing().emailsPerHour());
    rules.pace("pacing.texts_per_hour", settings.pacing().textsPerHour());
    rules.durations(settings);
    return List.copyOf(rules.errors);
  }

  private void place(BusinessSettings settings) {
    try {
      ZoneId zone = ZoneId.of(settings.timeZone());
      refuse(
          !zone.getId().contains("/") && !"UTC".equals(zone.getId()),
          "time_zone",
          "time_zone_unknown",
          "Name an IANA zone such as America/Denver; a fixed offset does not follow summer time.");
    } catch (DateTimeException e) {
      refuse(
          true,
          "time_zone",
          "time_zone_unknown",
          "There is no such zone; name an IANA zone such as America/Denver.");
    }
    refuse(
        !COUNTRIES.contains(settings.country()),
        "country",
        "country_unknown",
        "Give the two-letter code, such as US or CA.");
    String address = settings.postalAddress();
    refuse(
        address != null && address.length() > 500,
        "postal_address",
        "too_long",
        "Keep the postal address within 500 characters.");
  }

  private void sender(BusinessSettings.Sender sender) {
    String name = sender.userName();
    refuse(
        name.isBlank()
            || name.length() > LONGEST_LINE
            || name.chars().anyMatch(Character::isISOControl),
        "sender.user_name",
        "sender_name_invalid",
        "Give a name of 1 to 200 characters on one line; customers see it as the sender.");
    email("sender.email", sender.email());
    email("sender.reply_to", sender.replyTo());
    String phone = sender.phone();
    refuse(
        phone != null && !E164.matcher(phone).matches(),
        "sender.phone",
        "phone_invalid",
        "Write the number in E.164 form, such as +13035550100.");
  }

  private void email(String field, @Nullable String address) {
    refuse(
        address != null && (address.length() > 254 || !EMAIL.matcher(address).matches()),
        field,
        "email_invalid",
        "Write an address such as hello@example.com.");
  }

  private void link(String field, @Nullable String link) {
    refuse(
        link != null && (link.length() > LONGEST_LINK || !isWebLink(link)),
        field,
        "link_invalid",
        "Give a whole link that begins with https:// or http://, of at most 2,000 characters.");
  }

  private static boolean isWebLink(String link) {
    try {
      URI uri = new URI(link);
      String scheme = uri.getScheme();
      return ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** A business may only tighten: its quiet hours hold all of 21:00 to 08:00 (MT-10). */
  private void quietHours(BusinessSettings.QuietHours quiet) {
    BusinessSettings.QuietHours law = BusinessSettings.DEFAULT_QUIET_HOURS;
    refuse(
        !quiet.start().isAfter(quiet.end()),
        "quiet_hours",
        "quiet_hours_not_overnight",
        "Quiet hours begin in the evening and end the next morning; leave some of the day to send in.");
    refuse(
        quiet.start().isAfter(law.start()),
        "quiet_hours.start",
        "quiet_hours_too_loose",
        "Quiet hours may begin earlier than 21:00, never later.");
    refuse(
        quiet.end().isBefore(law.end()),
        "quiet_hours.end",
        "quiet_hours_too_loose",
        "Quiet hours may end later than 08:00, never earlier.");
  }

  private void pace(String field, int perHour) {
    refuse(
        perHour < 1 || perHour > MOST_PER_HOUR,
        field,
        "pacing_out_of_range",
        "Give between 1 and 10,000 sends an hour.");
  }

  private void durations(BusinessSettings settings) {
    settings
        .timings()
        .forEach(
            (service, delay) ->
                refuse(
                    !delay.isPositive() || delay.compareTo(LONGEST_TIMING) > 0,
                    "timings." + service.code(),
                    "timing_out_of_range",
                    "The first touch follows after more than nothing and at most 90 days."));
    refuse(
        settings.cooldown().isNegative() || settings.cooldown().compareTo(LONGEST_COOLDOWN) > 0,
        "cooldown",
        "cooldown_out_of_range",
        "Give between 0 and 3,650 days.");
    refuse(
        !settings.maximumJobAge().isPositive()
            || settings.maximumJobAge().compareTo(OLDEST_JOB) > 0,
        "maximum_job_age",
        "maximum_job_age_out_of_range",
        "Give more than nothing and at most 365 days, so that old jobs are not followed up by accident.");
    refuse(
        settings.minimumGap().isNegative() || settings.minimumGap().compareTo(LONGEST_GAP) > 0,
        "minimum_gap",
        "minimum_gap_out_of_range",
        "Give between 0 and 30 days; 0 means no least time between two touches.");
  }

  private void refuse(boolean wrong, String field, String code, String message) {
    if (wrong) {
      errors.add(new FieldError(field, code, message));
    }
  }
}
