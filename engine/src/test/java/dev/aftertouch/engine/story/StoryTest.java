package dev.aftertouch.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.Reason;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.engine.story.Happening.CameBack;
import dev.aftertouch.engine.story.Happening.Completed;
import dev.aftertouch.engine.story.Happening.Enrolled;
import dev.aftertouch.engine.story.Happening.Failed;
import dev.aftertouch.engine.story.Happening.Held;
import dev.aftertouch.engine.story.Happening.Kind;
import dev.aftertouch.engine.story.Happening.Sent;
import dev.aftertouch.engine.story.Happening.Skipped;
import dev.aftertouch.engine.story.Happening.Stopped;
import dev.aftertouch.engine.story.Happening.Touch;
import dev.aftertouch.engine.story.Happening.Unknown;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoryTest {
  private static final ZoneId DENVER = ZoneId.of("America/Denver");
  private static final Instant MORNING = Instant.parse("2026-03-03T15:00:00Z");
  private static final Touch MAIL = new Touch(1, Channel.EMAIL);
  private static final Touch TEXT = new Touch(2, Channel.SMS);

  @Test
  void tellsOfEnrolling() {
    assertThat(told(new Enrolled("After the job", 3, "J-1", "automatic_trigger", 2)))
        .isEqualTo(
            "The customer was enrolled in “After the job”, version 3, after job J-1: 2 touches planned.");
    assertThat(told(new Enrolled(null, 1, null, "manual_admin", 1)))
        .isEqualTo("The customer was enrolled by hand in a campaign, version 1: 1 touch planned.");
  }

  @Test
  void tellsUntilWhenInTheBusinesssZoneAndWhyATouchWasHeld() {
    Map<String, String> night =
        Map.of("rule", "law", "zone", "America/Denver", "candidate_zones", "1");
    assertThat(told(new Held(TEXT, MORNING, "quiet_hours", night)))
        .isEqualTo(
            "Touch 2 (text) was held until Tue 3 Mar 2026, 08:00 (America/Denver): it was outside the hours that"
                + " the law allows in America/Denver.");
    assertThat(told(new Held(MAIL, MORNING, "pacing", Map.of("limit_per_hour", "100"))))
        .isEqualTo(
            "Touch 1 (e-mail) was held until Tue 3 Mar 2026, 08:00 (America/Denver): the limit of 100 e-mails an"
                + " hour was reached.");
    assertThat(told(new Held(MAIL, MORNING, "provider_throttled", Map.of())))
        .endsWith(": the provider asked to send more slowly.");
    assertThat(told(new Held(MAIL, MORNING, "frequency_cap", Map.of("minimum_gap", "PT24H"))))
        .endsWith(": the customer had another touch less than 24 hours before.");
  }

  @Test
  void tellsTheLawThatHeldATouchInWords() {
    Map<String, String> florida =
        Map.of(
            "rule", "law",
            "zone", "America/New_York",
            "candidate_zones", "1",
            "law_says", "Florida allows texts from 08:00 to 20:00",
            "law_source", "Fla. Stat. 501.616(6)(a)");
    Map<String, String> cap =
        Map.of(
            "rule", "law",
            "texts_in_24_hours", "3",
            "law_says", "Florida allows 3 texts to a person in 24 hours",
            "law_source", "Fla. Stat. 501.616(6)(b)");

    assertThat(told(new Held(TEXT, MORNING, "quiet_hours", florida)))
        .endsWith(
            ": it was outside the hours that the law allows in America/New_York (Florida allows"
                + " texts from 08:00 to 20:00; Fla. Stat. 501.616(6)(a)).");
    assertThat(told(new Held(TEXT, MORNING, "frequency_cap", cap)))
        .endsWith(
            ": the customer had been sent 3 texts in 24 hours (Florida allows 3 texts to a person"
                + " in 24 hours; Fla. Stat. 501.616(6)(b)).");
  }

  @Test
  void saysOfOurOwnHoursThatTheyAreOurs() {
    Map<String, String> ours =
        Map.of(
            "rule", "law",
            "zone", "America/Denver",
            "candidate_zones", "1",
            "jurisdiction", "*",
            "law_says", "the product allows e-mails from 08:00 to 21:00",
            "law_source", "Product rule: docs/decisions/0016-which-law-holds.md");

    assertThat(told(new Held(MAIL, MORNING, "quiet_hours", ours)))
        .endsWith(
            ": it was outside the hours that we keep for every message in America/Denver (the"
                + " product allows e-mails from 08:00 to 21:00).");
  }

  @Test
  void tellsHowTouchesEnded() {
    assertThat(told(new Sent(MAIL, "resend")))
        .isEqualTo("Touch 1 (e-mail) was sent: Resend accepted it.");
    assertThat(told(new Skipped(TEXT, "too_late", Map.of("late", "PT80H", "limit", "PT72H"))))
        .isEqualTo(
            "Touch 2 (text) was skipped: it was overdue for too long (80 hours, the limit is 72 hours).");
    assertThat(
            told(new Skipped(MAIL, "enrollment_stopped", Map.of("stop_reason", "review_clicked"))))
        .isEqualTo(
            "Touch 1 (e-mail) was skipped: the enrollment had been stopped, because the customer clicked the"
                + " review link.");
    assertThat(told(new Failed(TEXT, "rejected_by_provider", "twilio", "21211")))
        .isEqualTo(
            "Touch 2 (text) failed: Twilio refused it with code 21211. The sequence goes on.");
    assertThat(told(new Unknown(TEXT, "twilio", "timeout")))
        .isEqualTo(
            "Touch 2 (text) was handed to Twilio, but the answer was lost (timeout); it is looked into and not"
                + " blindly repeated.");
    assertThat(told(new Completed(2)))
        .isEqualTo("The enrollment was completed: 2 touches had ended.");
  }

  @Test
  void tellsWhatCameBackAndWhoStopped() {
    assertThat(told(new CameBack(Kind.CLICKED, MAIL, "review")))
        .isEqualTo("The customer clicked the link “review” in touch 1 (e-mail).");
    assertThat(told(new CameBack(Kind.DELIVERED, TEXT, null)))
        .isEqualTo("Touch 2 (text) was delivered.");
    assertThat(told(new CameBack(Kind.REPLIED, null, null)))
        .isEqualTo("The customer replied to a message.");
    assertThat(told(new Stopped("owner_stopped", "user-7")))
        .isEqualTo("The enrollment was stopped by user-7: the business stopped it.");
    assertThat(told(new Stopped("job_reopened", null)))
        .isEqualTo("The enrollment was stopped: the job was reopened.");
  }

  @ParameterizedTest
  @EnumSource
  void hasWordsForEveryReasonWithAndWithoutEvidence(Reason reason) {
    Map<String, String> all =
        Map.ofEntries(
            Map.entry("rule", "law"),
            Map.entry("zone", "America/Denver"),
            Map.entry("candidate_zones", "4"),
            Map.entry("limit_per_hour", "100"),
            Map.entry("stop_reason", "replied"),
            Map.entry("suppression", "opted_out"),
            Map.entry("variable", "nickname"),
            Map.entry("segments", "9"),
            Map.entry("late", "PT80H"),
            Map.entry("limit", "PT72H"),
            Map.entry("minimum_gap", "PT20M"));

    assertReads(told(new Held(TEXT, MORNING, reason.code(), all)));
    assertReads(told(new Skipped(MAIL, reason.code(), Map.of())));
  }

  @ParameterizedTest
  @EnumSource
  void hasWordsForEveryStopReason(StopReason reason) {
    assertReads(told(new Stopped(reason.code(), null)));
  }

  @Test
  void keepsAReasonThatItDoesNotKnowYet() {
    assertThat(told(new Skipped(MAIL, "moon_too_full", Map.of())))
        .isEqualTo("Touch 1 (e-mail) was skipped: moon too full.");
    assertThat(told(new Stopped("moon_too_full", null))).endsWith(": moon too full.");
  }

  private static void assertReads(String sentence) {
    assertThat(sentence).endsWith(".").doesNotContain("null", "_", "{", "%", "PT");
  }

  private static String told(Happening happening) {
    return Story.sentence(happening, DENVER);
  }
}
