package dev.aftertouch.enrollment.announcing;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.journey.PlannedTouch;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.ids.NamedIds;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.facts.EnrollmentCompleted;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.EnrollmentRefused;
import dev.aftertouch.facts.EnrollmentStarted;
import dev.aftertouch.facts.EnrollmentStopped;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Outgoing;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The facts of topic enrollments. Their ids follow from what happened, so a repeat is recognised
 * everywhere.
 */
public final class Announcements {
  private Announcements() {}

  /** A customer was enrolled. */
  public static Outgoing started(Path path, String source, List<PlannedTouch> plan, Instant at) {
    EnrollmentStarted started =
        EnrollmentStarted.newBuilder()
            .setVersion(path.version())
            .setSource(source)
            .setTouches(plan.stream().map(Announcements::planned).toList())
            .build();
    return of(path, "started", at, started);
  }

  /** An enrollment ended early. */
  public static Outgoing stopped(
      Path path, StopReason reason, @Nullable String stoppedBy, Instant at) {
    EnrollmentStopped stopped =
        EnrollmentStopped.newBuilder()
            .setReason(reason.code())
            .setTouchesCompleted(path.touchesCompleted())
            .setStoppedBy(stoppedBy)
            .build();
    return of(path, "stopped", at, stopped);
  }

  /** An enrollment ran to its end. */
  public static Outgoing completed(
      EnrollmentKey enrollment,
      UUID campaignId,
      UUID customerId,
      @Nullable String jobId,
      @Nullable String serviceType,
      int touchesCompleted,
      Instant at) {
    return of(
        enrollment,
        campaignId,
        customerId,
        jobId,
        serviceType,
        "completed",
        at,
        EnrollmentCompleted.newBuilder().setTouchesCompleted(touchesCompleted).build());
  }

  /**
   * A customer was not enrolled.
   *
   * @param customerId null when the customer was not recorded; then the key is the refusal's own id
   */
  public static Outgoing refused(
      UUID refusalId,
      UUID businessId,
      @Nullable UUID campaignId,
      @Nullable UUID customerId,
      @Nullable String jobId,
      @Nullable String serviceType,
      String reason,
      String explanation,
      Instant at) {
    UUID key = customerId == null ? refusalId : customerId;
    return Outgoing.of(
        Topics.ENROLLMENTS,
        key.toString(),
        EnrollmentFact.newBuilder()
            .setFactId(refusalId)
            .setBusinessId(businessId)
            .setEnrollmentId(null)
            .setCampaignId(campaignId)
            .setCustomerId(customerId)
            .setJobId(jobId)
            .setServiceType(serviceType)
            .setOccurredAt(at)
            .setFact(
                EnrollmentRefused.newBuilder()
                    .setReason(reason)
                    .setExplanation(explanation)
                    .build())
            .build());
  }

  /** The channel's symbol in facts. */
  public static dev.aftertouch.facts.Channel symbol(Channel channel) {
    return switch (channel) {
      case EMAIL -> dev.aftertouch.facts.Channel.EMAIL;
      case SMS -> dev.aftertouch.facts.Channel.SMS;
    };
  }

  private static dev.aftertouch.facts.PlannedTouch planned(PlannedTouch touch) {
    return dev.aftertouch.facts.PlannedTouch.newBuilder()
        .setStepId(touch.stepId())
        .setNumber(touch.number())
        .setChannel(symbol(touch.channel()))
        .setScheduledAt(touch.scheduledAt())
        .build();
  }

  private static Outgoing of(Path path, String happened, Instant at, Object fact) {
    return of(
        path.key(),
        path.campaignId(),
        path.customerId(),
        path.jobId(),
        path.serviceType(),
        happened,
        at,
        fact);
  }

  private static Outgoing of(
      EnrollmentKey enrollment,
      UUID campaignId,
      UUID customerId,
      @Nullable String jobId,
      @Nullable String serviceType,
      String happened,
      Instant at,
      Object fact) {
    return Outgoing.of(
        Topics.ENROLLMENTS,
        customerId.toString(),
        EnrollmentFact.newBuilder()
            .setFactId(NamedIds.fact(enrollment.enrollmentId(), happened))
            .setBusinessId(enrollment.businessId())
            .setEnrollmentId(enrollment.enrollmentId())
            .setCampaignId(campaignId)
            .setCustomerId(customerId)
            .setJobId(jobId)
            .setServiceType(serviceType)
            .setOccurredAt(at)
            .setFact(fact)
            .build());
  }
}
