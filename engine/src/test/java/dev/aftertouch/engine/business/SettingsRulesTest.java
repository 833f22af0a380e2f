package dev.aftertouch.engine.business;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.engine.business.BusinessSettings.Links;
import dev.aftertouch.engine.business.BusinessSettings.Pacing;
import dev.aftertouch.engine.business.BusinessSettings.QuietHours;
import dev.aftertouch.engine.business.BusinessSettings.Sender;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.engine.definition.ServiceType;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsRulesTest {
  private static final Sender SENDER =
      new Sender(
          "Sam of Summit", "hello@summit.example", null, "+13035550100", EmailProvider.RESEND);
  private static final Links LINKS =
      new Links("https://reviews.example/summit", null, "http://calendar.example/s?x=1");

  private static BusinessSettings settings(
      String zone,
      Sender sender,
      Links links,
      QuietHours quiet,
      Pacing pacing,
      Map<ServiceType, Duration> timings) {
    return new BusinessSettings(
        zone,
        "US",
        "1 Peak Road, Denver",
        sender,
        links,
        quiet,
        pacing,
        timings,
        BusinessSettings.DEFAULT_COOLDOWN,
        BusinessSettings.DEFAULT_MAXIMUM_JOB_AGE,
        BusinessSettings.DEFAULT_MINIMUM_GAP,
        BusinessSettings.DEFAULT_ON_UNKNOWN);
  }

  private static BusinessSettings zone(String zone) {
    return settings(
        zone,
        SENDER,
        LINKS,
        BusinessSettings.DEFAULT_QUIET_HOURS,
        BusinessSettings.DEFAULT_PACING,
        Map.of());
  }

  private static BusinessSettings quiet(String start, String end) {
    QuietHours quiet = new QuietHours(LocalTime.parse(start), LocalTime.parse(end));
    return settings(
        "America/Denver", SENDER, LINKS, quiet, BusinessSettings.DEFAULT_PACING, Map.of());
  }

  private static BusinessSettings review(@Nullable String link) {
    Links links = new Links(link, null, null);
    return settings(
        "America/Denver",
        SENDER,
        links,
        BusinessSettings.DEFAULT_QUIET_HOURS,
        BusinessSettings.DEFAULT_PACING,
        Map.of());
  }

  private static List<String> fields(BusinessSettings settings) {
    return SettingsRules.check(settings).stream()
        .map(error -> error.field() + " " + error.code())
        .toList();
  }

  @Test
  void acceptsOrdinarySettings() {
    assertThat(SettingsRules.check(zone("America/Denver"))).isEmpty();
    assertThat(SettingsRules.check(review(null))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mars/Olympus", "", "+07:00", "Z", "GMT+1"})
  void refusesAZoneThatDoesNotExistOrDoesNotFollowSummerTime(String zone) {
    assertThat(fields(zone(zone))).containsExactly("time_zone time_zone_unknown");
  }

  @ParameterizedTest
  @CsvSource({"21:00,08:00", "20:59,08:00", "18:00,12:00", "21:00,20:59"})
  void acceptsQuietHoursThatAreAtLeastTheLawfulOnes(String start, String end) {
    assertThat(SettingsRules.check(quiet(start, end))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "21:01,08:00,quiet_hours.start quiet_hours_too_loose",
    "21:00,07:59,quiet_hours.end quiet_hours_too_loose",
    "12:00,12:00,quiet_hours quiet_hours_not_overnight",
    "10:00,18:00,quiet_hours quiet_hours_not_overnight"
  })
  void refusesLooserQuietHours(String start, String end, String error) {
    assertThat(fields(quiet(start, end))).containsExactly(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "ftp://x.example/",
        "/relative",
        "https://",
        "https://a b",
        "https://u:p@x.example/"
      })
  void refusesALinkThatIsNoWebLink(String link) {
    assertThat(fields(review(link))).containsExactly("links.review link_invalid");
  }

  @Test
  void namesEveryWrongField() {
    BusinessSettings wrong =
        new BusinessSettings(
            "America/Denver",
            "ZZ",
            "x".repeat(501),
            new Sender(
                "Sam\r\nBcc: all@example.com",
                "no-at-sign",
                "a@b",
                "303-555-0100",
                EmailProvider.SMTP),
            LINKS,
            BusinessSettings.DEFAULT_QUIET_HOURS,
            new Pacing(0, 10_001),
            Map.of(ServiceType.ROOFING, Duration.ZERO),
            Duration.ofDays(-1),
            Duration.ZERO,
            Duration.ofDays(31),
            BusinessSettings.DEFAULT_ON_UNKNOWN);

    assertThat(fields(wrong))
        .containsExactly(
            "country country_unknown",
            "postal_address too_long",
            "sender.user_name sender_name_invalid",
            "sender.email email_invalid",
            "sender.reply_to email_invalid",
            "sender.phone phone_invalid",
            "pacing.emails_per_hour pacing_out_of_range",
            "pacing.texts_per_hour pacing_out_of_range",
            "timings.roofing timing_out_of_range",
            "cooldown cooldown_out_of_range",
            "maximum_job_age maximum_job_age_out_of_range",
            "minimum_gap minimum_gap_out_of_range");
    assertThat(SettingsRules.check(wrong))
        .extracting(FieldError::message)
        .allMatch(message -> message.endsWith("."));
  }
}
