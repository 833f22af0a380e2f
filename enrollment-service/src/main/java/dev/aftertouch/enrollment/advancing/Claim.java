package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Steps;
import dev.aftertouch.engine.journey.Effect;
import dev.aftertouch.engine.journey.EnrollmentState.AwaitingOutcome;
import dev.aftertouch.engine.journey.Transition;
import dev.aftertouch.enrollment.advancing.DueTouches.Claimed;
import dev.aftertouch.enrollment.advancing.DueTouches.Due;
import dev.aftertouch.enrollment.announcing.Announcements;
import dev.aftertouch.enrollment.directory.Definition;
import dev.aftertouch.enrollment.ids.NamedIds;
import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.kafka.Outgoing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a batch of due rows comes to: the due rows to remove, the touches to hand over and the
 * enrollments that pass a step by themselves.
 */
final class Claim {
  private final List<Due> removed = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final List<Outgoing> requests = new ArrayList<>();
  private int notCarriedOut;

  /** The journey's answer to a due step. */
  void add(Definition definition, Claimed claimed, Due due, Transition transition) {
    Path path = claimed.path();
    for (Effect effect : transition.effects()) {
      switch (effect) {
        case Effect.RequestTouch request ->
            requests.add(touchDue(definition, claimed, due, request));
        case Effect.Schedule ignored -> {}
        case Effect.Unschedule ignored -> {}
        case Effect.AnnounceCompleted ignored -> {}
        case Effect.CarryOut ignored -> notCarriedOut++;
        case Effect.RecordTouch ignored ->
            throw new IllegalStateException("No touch ends by falling due");
        case Effect.AnnounceStopped ignored ->
            throw new IllegalStateException("No due step stops an enrollment");
      }
    }
    if (transition.state() instanceof AwaitingOutcome) {
      removed.add(due);
    } else {
      moves.add(
          new Move(
              path.key(),
              path.campaignId(),
              path.customerId(),
              due.stepId(),
              due.round(),
              transition.state(),
              0,
              null));
    }
  }

  /** Removes a due row that no enrollment waits for. */
  void drop(Due due) {
    removed.add(due);
  }

  /** The due rows that go, of touches handed over and of nobody. */
  List<Due> removed() {
    return removed;
  }

  /** Steps that are no touches: the enrollment goes on to the next, or completes. */
  List<Move> moves() {
    return moves;
  }

  /** The touches for the gate. */
  List<Outgoing> requests() {
    return requests;
  }

  int notCarriedOut() {
    return notCarriedOut;
  }

  /** One business's touches stay in one partition: the gate paces by business (decision 0013). */
  private static Outgoing touchDue(
      Definition definition, Claimed claimed, Due due, Effect.RequestTouch request) {
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
            definition.id(),
            path.customerId(),
            claimed.customerRevision(),
            step.id(),
            Steps.number(definition.campaign(), step.id()).orElseThrow(),
            Announcements.symbol(step.channel()),
            request.scheduledAt(),
            due.dueAt(),
            path.jobId(),
            path.serviceType(),
            path.jobCompletedAt(),
            value == null ? null : value.toPlainString()),
        path.key().businessId().toString());
  }
}
