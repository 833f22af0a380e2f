package dev.aftertouch.analytics.projecting;

import dev.aftertouch.facts.Channel;
import dev.aftertouch.facts.Engagement;
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
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the facts of one batch say, merged to one entry for each row, in the order of the keys.
 * Facts that name no campaign concern no campaign's figures and are passed over, other than
 * refusals. Of erased customers' enrollments is counted what was sent, but not told.
 */
final class Sightings {
  private final Set<EnrollmentKey> erased;
  private final Map<EnrollmentKey, Enrollment> enrollments = new TreeMap<>();
  private final Map<TouchKey, Touch> touches = new TreeMap<>();
  private final Map<UUID, Refused> refused = new TreeMap<>();

  Sightings(Set<EnrollmentKey> erased) {
    this.erased = erased;
  }

  Collection<Enrollment> enrollments() {
    return enrollments.values();
  }

  Collection<Touch> touches() {
    return touches.values();
  }

  Collection<Refused> refused() {
    return refused.values();
  }

  void add(EnrollmentFact fact) {
    if (fact.getFact() instanceof EnrollmentRefused refusal) {
      refused.putIfAbsent(
          fact.getFactId(),
          new Refused(
              fact.getBusinessId(),
              fact.getFactId(),
              fact.getCampaignId(),
              refusal.getReason(),
              fact.getOccurredAt()));
      return;
    }
    if (fact.getEnrollmentId() == null || fact.getCampaignId() == null) {
      return;
    }
    EnrollmentKey key = new EnrollmentKey(fact.getBusinessId(), fact.getEnrollmentId());
    UUID campaign = fact.getCampaignId();
    switch (fact.getFact()) {
      case EnrollmentStarted started -> {
        see(Enrollment.started(key, campaign, fact.getOccurredAt()));
        for (PlannedTouch touch : started.getTouches()) {
          see(
              Touch.planned(
                  new TouchKey(key.businessId(), key.enrollmentId(), touch.getNumber()),
                  campaign,
                  started.getVersion(),
                  code(touch.getChannel())));
        }
      }
      case EnrollmentStopped stopped ->
          see(
              Enrollment.stopped(
                  key,
                  campaign,
                  fact.getOccurredAt(),
                  stopped.getReason(),
                  stopped.getTouchesCompleted()));
      case EnrollmentCompleted completed ->
          see(
              Enrollment.completed(
                  key, campaign, fact.getOccurredAt(), completed.getTouchesCompleted()));
      default -> throw unknown(fact.getFact());
    }
  }

  void add(TouchOutcome fact) {
    Touch touch =
        Touch.planned(
            new TouchKey(fact.getBusinessId(), fact.getEnrollmentId(), fact.getNumber()),
            fact.getCampaignId(),
            fact.getVersion(),
            code(fact.getChannel()));
    see(
        switch (fact.getOutcome()) {
          case TouchSent sent -> touch.sent(sending(fact, sent), fact.getDecidedAt());
          case TouchDeferred deferred -> touch.deferredInRound(fact.getRound());
          case TouchSkipped skipped -> touch.skipped(skipped.getReason(), fact.getDecidedAt());
          case TouchFailed failed -> touch.at(Moment.FAILED, fact.getDecidedAt());
          case TouchUnknown unknown -> touch.at(Moment.UNKNOWN, fact.getDecidedAt());
          default -> throw unknown(fact.getOutcome());
        });
  }

  private @Nullable Sending sending(TouchOutcome fact, TouchSent sent) {
    return erased.contains(new EnrollmentKey(fact.getBusinessId(), fact.getEnrollmentId()))
        ? null
        : new Sending(
            fact.getRound(),
            fact.getStepId(),
            sent.getProvider(),
            sent.getPayloadHash(),
            sent.getSegments());
  }

  void add(Engagement fact) {
    Moment moment = moment(fact);
    if (moment == null
        || fact.getEnrollmentId() == null
        || fact.getCampaignId() == null
        || fact.getNumber() == null) {
      return;
    }
    see(
        new Touch(
            new TouchKey(fact.getBusinessId(), fact.getEnrollmentId(), fact.getNumber()),
            fact.getCampaignId(),
            null,
            code(fact.getChannel()),
            0,
            null,
            false,
            Map.of(moment, fact.getOccurredAt()),
            null));
  }

  /** A text that the carrier did not deliver has bounced as an e-mail has. */
  private static @Nullable Moment moment(Engagement fact) {
    return switch (fact.getKind()) {
      case DELIVERED -> Moment.DELIVERED;
      case OPENED -> Moment.OPENED;
      case CLICKED -> Moment.CLICKED;
      case REPLIED -> Moment.REPLIED;
      case OPTED_OUT -> Moment.OPTED_OUT;
      case BOUNCED, UNDELIVERED -> Moment.BOUNCED;
      case COMPLAINED -> Moment.COMPLAINED;
      case OPTED_IN, FEEDBACK_SUBMITTED, UNKNOWN -> null;
    };
  }

  private static @Nullable String code(Channel channel) {
    return switch (channel) {
      case EMAIL -> "email";
      case SMS -> "sms";
      case UNKNOWN -> null;
    };
  }

  private void see(Enrollment enrollment) {
    enrollments.merge(enrollment.key(), enrollment, Enrollment::and);
  }

  private void see(Touch touch) {
    touches.merge(touch.key(), touch, Touch::and);
  }

  /** Avro's unions are plain objects to Java; a branch of a newer schema ends here. */
  private static IllegalArgumentException unknown(Object branch) {
    return new IllegalArgumentException("Unknown fact " + branch.getClass().getSimpleName());
  }
}
