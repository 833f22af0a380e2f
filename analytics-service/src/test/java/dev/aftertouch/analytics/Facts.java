package dev.aftertouch.analytics;

import dev.aftertouch.facts.BusinessChanged;
import dev.aftertouch.facts.BusinessDeleted;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CampaignStatusChanged;
import dev.aftertouch.facts.Channel;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.facts.EnrollmentCompleted;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.EnrollmentRefused;
import dev.aftertouch.facts.EnrollmentStarted;
import dev.aftertouch.facts.EnrollmentStopped;
import dev.aftertouch.facts.PlannedTouch;
import dev.aftertouch.facts.TouchDeferred;
import dev.aftertouch.facts.TouchFailed;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.facts.TouchSent;
import dev.aftertouch.facts.TouchSkipped;
import dev.aftertouch.facts.TouchUnknown;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Facts of one enrollment of one campaign: version 1, touch 1 by e-mail, touch 2 by text, and so
 * on.
 */
public record Facts(UUID business, UUID campaign, UUID enrollment, Instant start) {
  public static BusinessFact business(UUID business, String name, String zone, long revision) {
    return new BusinessFact(
        business,
        revision,
        Instant.EPOCH,
        new BusinessChanged(name, "{\"time_zone\":\"" + zone + "\"}"));
  }

  public static BusinessFact businessDeleted(UUID business, long revision) {
    return new BusinessFact(business, revision, Instant.EPOCH, new BusinessDeleted(null));
  }

  public static CampaignFact campaign(UUID business, UUID campaign, String name, long revision) {
    return new CampaignFact(
        business,
        campaign,
        revision,
        Instant.EPOCH,
        new CampaignStatusChanged(name, "multi_touch", "active", "hvac", 1, "stop"));
  }

  public EnrollmentFact started(int touches) {
    return enrollmentFact(
        "started",
        start,
        new EnrollmentStarted(
            1,
            "automatic_trigger",
            IntStream.rangeClosed(1, touches)
                .mapToObj(
                    number ->
                        new PlannedTouch(
                            "step" + number,
                            number,
                            channel(number),
                            start.plus(Duration.ofDays(number))))
                .toList()));
  }

  public EnrollmentFact completed(int touches, Instant at) {
    return enrollmentFact("completed", at, new EnrollmentCompleted(touches));
  }

  public EnrollmentFact stopped(String reason, int touches, Instant at) {
    return enrollmentFact("stopped", at, new EnrollmentStopped(reason, touches, null));
  }

  public EnrollmentFact refused(String reason) {
    return new EnrollmentFact(
        named("refused"),
        business,
        null,
        campaign,
        null,
        "job",
        "hvac",
        start,
        new EnrollmentRefused(reason, "Because."));
  }

  public TouchOutcome sent(int number, Instant at) {
    return outcome(number, 0, at, new TouchSent("resend", "id", "hash", null));
  }

  public TouchOutcome sentBy(
      String provider, int number, int round, @Nullable Integer segments, Instant at) {
    return outcome(number, round, at, new TouchSent(provider, "id", "hash", segments));
  }

  public TouchOutcome deferred(int number, int round, Instant at) {
    return held(
        number, round, at, at.plus(Duration.ofHours(9)), "quiet_hours", Map.of("zone", "UTC"));
  }

  public TouchOutcome held(
      int number,
      int round,
      Instant at,
      Instant until,
      String reason,
      Map<String, String> evidence) {
    return outcome(number, round, at, new TouchDeferred(until, reason, evidence));
  }

  public TouchOutcome skipped(int number, String reason, Instant at) {
    return outcome(number, 0, at, new TouchSkipped(reason, Map.of()));
  }

  public TouchOutcome failed(int number, Instant at) {
    return outcome(number, 0, at, new TouchFailed("rejected_by_provider", "resend", "422"));
  }

  public TouchOutcome unknown(int number, Instant at) {
    return outcome(number, 0, at, new TouchUnknown("resend", "timeout"));
  }

  public Engagement engagement(EngagementKind kind, int number, Instant at) {
    return new Engagement(
        named(kind + "/" + number + "/" + at),
        business,
        kind,
        channel(number),
        at,
        enrollment,
        enrollment,
        campaign,
        named("touch" + number),
        "step" + number,
        number,
        kind == EngagementKind.CLICKED ? "review" : null);
  }

  public static List<Object> all(Object... facts) {
    return List.of(facts);
  }

  private EnrollmentFact enrollmentFact(String what, Instant at, Object fact) {
    return new EnrollmentFact(
        named(what), business, enrollment, campaign, enrollment, "job", "hvac", at, fact);
  }

  private TouchOutcome outcome(int number, int round, Instant at, Object outcome) {
    return new TouchOutcome(
        named("touch" + number),
        round,
        business,
        enrollment,
        campaign,
        1,
        null,
        enrollment,
        "step" + number,
        number,
        channel(number),
        start.plus(Duration.ofDays(number)),
        at,
        at,
        outcome);
  }

  private static Channel channel(int number) {
    return number % 2 == 1 ? Channel.EMAIL : Channel.SMS;
  }

  private UUID named(String what) {
    return UUID.nameUUIDFromBytes((enrollment + what).getBytes(StandardCharsets.UTF_8));
  }
}
