package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Steps;
import dev.aftertouch.engine.journey.Effect;
import dev.aftertouch.engine.journey.EnrollmentState;
import dev.aftertouch.engine.journey.EnrollmentState.AwaitingOutcome;
import dev.aftertouch.engine.journey.EnrollmentState.Completed;
import dev.aftertouch.engine.journey.Transition;
import dev.aftertouch.enrollment.advancing.DueTouches.Claimed;
import dev.aftertouch.enrollment.advancing.DueTouches.Due;
import dev.aftertouch.enrollment.advancing.Enrollments.Touch;
import dev.aftertouch.enrollment.announcing.Announcements;
import dev.aftertouch.enrollment.ids.NamedIds;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.kafka.Outgoing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a batch of signals changes, gathered column-wise: the writes go to the database together,
 * the facts to the broker together.
 */
final class Moves {
  private final List<Path> handedOver = new ArrayList<>();
  private final List<Move> moved = new ArrayList<>();
  private final List<EnrollmentKey> unscheduled = new ArrayList<>();
  private final List<Due> scheduled = new ArrayList<>();
  private final Map<TouchKey, Touch> touches = new LinkedHashMap<>();
  private final List<Outgoing> facts = new ArrayList<>();
  private int notCarriedOut;

  private record TouchKey(EnrollmentKey enrollment, String stepId) {}

  /** The answer to a due step. */
  void add(
      CampaignDefinition definition,
      Claimed claimed,
      Instant dueAt,
      Transition transition,
      Instant now) {
    Path path = claimed.path();
    for (Effect effect : transition.effects()) {
      switch (effect) {
        case Effect.RequestTouch request ->
            facts.add(touchDue(definition, claimed, dueAt, request));
        case Effect.Schedule ignored -> {}
        case Effect.Unschedule ignored -> {}
        case Effect.CarryOut ignored -> notCarriedOut++;
        case Effect.RecordTouch ignored ->
            throw new IllegalStateException("No touch ends by falling due");
        case Effect.AnnounceStopped ignored ->
            throw new IllegalStateException("No due step stops an enrollment");
        case Effect.AnnounceCompleted ignored ->
            facts.add(Announcements.completed(path, path.touchesCompleted(), now));
      }
    }
    if (transition.state() instanceof AwaitingOutcome) {
      handedOver.add(path);
      unscheduled.add(path.key());
    } else {
      arrive(new Move(path, transition.state(), path.touchesCompleted(), null));
    }
  }

  /** Where outcomes led to. */
  void arrive(Move move) {
    EnrollmentKey key = move.from().key();
    moved.add(move);
    switch (move.to()) {
      case EnrollmentState.Waiting waiting ->
          scheduled.add(new Due(key, waiting.stepId(), waiting.round(), waiting.dueAt()));
      case AwaitingOutcome ignored -> unscheduled.add(key);
      case Completed ignored -> unscheduled.add(key);
      case EnrollmentState.Stopped ignored -> unscheduled.add(key);
    }
  }

  /**
   * Notes how a touch ended; of several endings of one touch in the batch the first that is certain
   * counts.
   */
  void record(Touch touch) {
    touches.merge(
        new TouchKey(touch.key(), touch.stepId()),
        touch,
        (one, other) -> one.isUnknown() ? other : one);
  }

  void announce(Outgoing fact) {
    facts.add(fact);
  }

  /** Removes a due row that its enrollment no longer waits for. */
  void drop(EnrollmentKey key) {
    unscheduled.add(key);
  }

  List<Path> handedOver() {
    return handedOver;
  }

  List<Move> moved() {
    return moved;
  }

  List<EnrollmentKey> unscheduled() {
    return unscheduled;
  }

  List<Due> scheduled() {
    return scheduled;
  }

  Collection<Touch> touches() {
    return touches.values();
  }

  List<Outgoing> facts() {
    return facts;
  }

  int requested() {
    return handedOver.size();
  }

  int notCarriedOut() {
    return notCarriedOut;
  }

  int size() {
    return unscheduled.size() + scheduled.size();
  }

  /** One business's touches stay in one partition: the gate paces by business (decision 0013). */
  private static Outgoing touchDue(
      CampaignDefinition definition, Claimed claimed, Instant dueAt, Effect.RequestTouch request) {
    Path path = claimed.path();
    Step.Touching step = request.step();
    BigDecimal value = path.jobValue();
    return new Outgoing(
        Topics.TOUCHES_DUE,
        path.customerId().toString(),
        new TouchDue(
            NamedIds.touch(path.key().enrollmentId(), step.id()),
            request.round(),
            path.key().businessId(),
            path.key().enrollmentId(),
            path.campaignId(),
            path.version(),
            path.customerId(),
            claimed.customerRevision(),
            step.id(),
            Steps.number(definition, step.id()).orElseThrow(),
            Announcements.symbol(step.channel()),
            request.scheduledAt(),
            dueAt,
            path.jobId(),
            path.serviceType(),
            path.jobCompletedAt(),
            value == null ? null : value.toPlainString()),
        path.key().businessId().toString());
  }
}
