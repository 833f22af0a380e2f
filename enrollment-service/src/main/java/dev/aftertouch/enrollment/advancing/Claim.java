package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Steps;
import dev.aftertouch.engine.journey.Effect;
import dev.aftertouch.engine.journey.EnrollmentState.AwaitingOutcome;
import dev.aftertouch.engine.journey.Transition;
import dev.aftertouch.enrollment.announcing.Announcements;
import dev.aftertouch.enrollment.directory.Definition;
import dev.aftertouch.enrollment.ids.NamedIds;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.kafka.Outgoing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a batch of due rows comes to: the touches to hand over, their due rows, which go, and the
 * enrollments that pass a step by themselves.
 */
final class Claim {
  private final List<Due> removed = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final List<Outgoing> requests = new ArrayList<>();
  private int notCarriedOut;

  /** The journey's answer to a due step. */
  void add(Definition definition, Due due, Transition transition) {
    for (Effect effect : transition.effects()) {
      switch (effect) {
        case Effect.RequestTouch request -> requests.add(touchDue(definition, due, request));
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
              due.key(),
              due.campaignId(),
              due.customerId(),
              due.waiting().stepId(),
              due.waiting().round(),
              transition.state(),
              null,
              null));
    }
  }

  /** The due rows of the touches handed over. */
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
  private static Outgoing touchDue(Definition definition, Due due, Effect.RequestTouch request) {
    Step.Touching step = request.step();
    BigDecimal value = due.jobValue();
    return new Outgoing(
        Topics.TOUCHES_DUE,
        due.customerId().toString(),
        new TouchDue(
            NamedIds.touch(due.key().enrollmentId(), step.id()),
            request.round(),
            due.key().businessId(),
            due.key().enrollmentId(),
            due.campaignId(),
            due.version().key().version(),
            definition.id(),
            due.customerId(),
            due.customerRevision(),
            step.id(),
            Steps.number(definition.campaign(), step.id()).orElseThrow(),
            Announcements.symbol(step.channel()),
            request.scheduledAt(),
            due.waiting().dueAt(),
            due.jobId(),
            due.serviceType(),
            due.jobCompletedAt(),
            value == null ? null : value.toPlainString()),
        due.key().businessId().toString());
  }
}
