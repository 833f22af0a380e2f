package dev.aftertouch.engine.journey;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Steps;
import dev.aftertouch.engine.journey.EnrollmentState.AwaitingOutcome;
import dev.aftertouch.engine.journey.EnrollmentState.Completed;
import dev.aftertouch.engine.journey.EnrollmentState.Stopped;
import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.engine.journey.Signal.StepDue;
import dev.aftertouch.engine.journey.Signal.StopRequested;
import dev.aftertouch.engine.journey.Signal.TouchDeferred;
import dev.aftertouch.engine.journey.Signal.TouchEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer's way through a campaign version as a state machine (MT-05): {@code decide(state,
 * signal) → transition}.
 *
 * <pre>
 *              StepDue (touch)                TouchEnded
 *  Waiting ───────────────────► AwaitingOutcome ─────────► Waiting (next step) … Completed
 *   ▲  │ StepDue (other step)          │ TouchDeferred
 *   └──┘ ◄─────────────────────────────┘ (same step, next round)
 *  any of the two ── StopRequested ──► Stopped
 * </pre>
 *
 * Invariants: at most one touch is outstanding; scheduled times never go back; a step is left only
 * when its touch has ended (however: MT-13) or it has been carried out; repeats, stale rounds and
 * signals after the end change nothing. Signals come from an at-least-once transport, so each of
 * them may arrive twice, late, or before our own commit.
 */
public final class Journey {
  private Journey() {}

  /**
   * Where an enrollment starts. The first step is scheduled its delay after the anchor; when that
   * has passed, it is due now.
   *
   * @param anchor when the job was completed, or for other enrollments when the customer was
   *     enrolled
   * @param firstDelayOverride the business's own delay of a first touch (MT-11) in place of the
   *     campaign's; without effect when the first step is no touch
   */
  public static Transition begin(
      CampaignDefinition definition,
      Instant anchor,
      @Nullable Duration firstDelayOverride,
      Instant now) {
    Optional<Step> first = Steps.first(definition);
    if (first.isEmpty()) {
      return Transition.to(new Completed(now), List.of(new Effect.AnnounceCompleted()));
    }
    Instant scheduledAt = anchor.plus(Plan.firstDelay(first.get(), firstDelayOverride));
    return waitFor(first.get().id(), scheduledAt, scheduledAt, 0, now, List.of());
  }

  /**
   * The answer to a signal.
   *
   * @param definition the version that the enrollment began with
   * @param facts what conditions are asked about; only conditional steps look at them
   * @throws IllegalArgumentException when the definition does not contain the state's step: it is
   *     not the enrollment's version
   */
  public static Transition decide(
      CampaignDefinition definition, EnrollmentState state, Signal signal, ConditionFacts facts) {
    return switch (state) {
      case Waiting waiting ->
          switch (signal) {
            case StepDue due -> due(definition, waiting, due, facts);
            case TouchEnded ended -> endedBeforeOurCommit(definition, waiting, ended);
            case TouchDeferred deferred -> deferredBeforeOurCommit(waiting, deferred);
            case StopRequested stop -> stopWaiting(stop);
          };
      case AwaitingOutcome awaiting ->
          switch (signal) {
            case StepDue due -> dueAgain(awaiting, due);
            case TouchEnded ended -> ended(definition, awaiting, ended);
            case TouchDeferred deferred -> deferred(awaiting, deferred);
            case StopRequested stop -> stopAwaiting(stop);
          };
      case Completed completed ->
          switch (signal) {
            case StepDue ignored -> afterTheEnd(completed, "completed", "due step");
            case TouchEnded ignored -> afterTheEnd(completed, "completed", "outcome");
            case TouchDeferred ignored -> afterTheEnd(completed, "completed", "deferral");
            case StopRequested ignored -> afterTheEnd(completed, "completed", "stop");
          };
      case Stopped stopped ->
          switch (signal) {
            case StepDue ignored -> afterTheEnd(stopped, "stopped", "due step");
            case TouchEnded ended -> endedAfterTheStop(stopped, ended);
            case TouchDeferred ignored -> afterTheEnd(stopped, "stopped", "deferral");
            case StopRequested ignored -> afterTheEnd(stopped, "stopped", "stop");
          };
    };
  }

  private static Transition due(
      CampaignDefinition definition, Waiting waiting, StepDue due, ConditionFacts facts) {
    if (!isAbout(waiting, due.stepId(), due.round())) {
      return stale(waiting, "due step", due.stepId(), due.round());
    }
    if (due.now().isBefore(waiting.dueAt())) {
      Effect keep = new Effect.Schedule(waiting.stepId(), waiting.dueAt(), waiting.round());
      return new Transition(waiting, List.of(keep), "Not due before " + waiting.dueAt() + ".");
    }
    Step step = stepOf(definition, waiting.stepId());
    return switch (step) {
      case Step.SendEmail email -> handToTheGate(waiting, email);
      case Step.SendSms sms -> handToTheGate(waiting, sms);
      case Step.Wait ignored -> advance(definition, waiting, due.now(), List.of());
      case Step.CreateTask task -> carryOut(definition, waiting, task, due.now());
      case Step.UpdateField update -> carryOut(definition, waiting, update, due.now());
      case Step.ManageTags tags -> carryOut(definition, waiting, tags, due.now());
      case Step.Notify notify -> carryOut(definition, waiting, notify, due.now());
      case Step.Webhook webhook -> carryOut(definition, waiting, webhook, due.now());
      case Step.Conditional conditional -> {
        boolean holds = Conditions.holds(conditional.condition(), facts);
        Optional<Step> next = Steps.afterCondition(definition, conditional, holds);
        yield goOn(waiting, waiting.scheduledAt(), next, due.now(), List.of());
      }
      case Step.ExitCampaign ignored -> complete(waiting, due.now(), List.of());
    };
  }

  private static Transition handToTheGate(Waiting waiting, Step.Touching touch) {
    return Transition.to(
        new AwaitingOutcome(waiting.stepId(), waiting.scheduledAt(), waiting.round()),
        List.of(
            new Effect.Unschedule(),
            new Effect.RequestTouch(touch, waiting.scheduledAt(), waiting.round())));
  }

  private static Transition carryOut(
      CampaignDefinition definition, Waiting waiting, Step step, Instant now) {
    return advance(definition, waiting, now, List.of(new Effect.CarryOut(step)));
  }

  /**
   * We published the due touch and crashed before our commit: the answer proves that it was handed
   * over.
   */
  private static Transition endedBeforeOurCommit(
      CampaignDefinition definition, Waiting waiting, TouchEnded ended) {
    if (!isAbout(waiting, ended.stepId(), ended.round())) {
      return stale(waiting, "outcome", ended.stepId(), ended.round());
    }
    return advance(definition, waiting, ended.now(), List.of(record(ended)));
  }

  /** As {@link #endedBeforeOurCommit}. */
  private static Transition deferredBeforeOurCommit(Waiting waiting, TouchDeferred deferred) {
    if (!isAbout(waiting, deferred.stepId(), deferred.round())) {
      return stale(waiting, "deferral", deferred.stepId(), deferred.round());
    }
    return nextRound(waiting.stepId(), waiting.scheduledAt(), waiting.round(), deferred);
  }

  private static Transition stopWaiting(StopRequested stop) {
    return Transition.to(
        new Stopped(stop.reason(), stop.now()),
        List.of(new Effect.Unschedule(), new Effect.AnnounceStopped(stop.reason())));
  }

  private static Transition dueAgain(AwaitingOutcome awaiting, StepDue due) {
    return isAbout(awaiting, due.stepId(), due.round())
        ? Transition.ignored(
            awaiting, "Step " + due.stepId() + " has already been handed to the gate.")
        : stale(awaiting, "due step", due.stepId(), due.round());
  }

  private static Transition ended(
      CampaignDefinition definition, AwaitingOutcome awaiting, TouchEnded ended) {
    if (!isAbout(awaiting, ended.stepId(), ended.round())) {
      return stale(awaiting, "outcome", ended.stepId(), ended.round());
    }
    Optional<Step> next = nextAfter(definition, awaiting.stepId());
    return goOn(awaiting, awaiting.scheduledAt(), next, ended.now(), List.of(record(ended)));
  }

  private static Transition deferred(AwaitingOutcome awaiting, TouchDeferred deferred) {
    if (!isAbout(awaiting, deferred.stepId(), deferred.round())) {
      return stale(awaiting, "deferral", deferred.stepId(), deferred.round());
    }
    return nextRound(awaiting.stepId(), awaiting.scheduledAt(), awaiting.round(), deferred);
  }

  /**
   * The touch that is still out ends by itself: sent within its deadline, or skipped by the gate.
   */
  private static Transition stopAwaiting(StopRequested stop) {
    return Transition.to(
        new Stopped(stop.reason(), stop.now()), List.of(new Effect.AnnounceStopped(stop.reason())));
  }

  /** How the touch ended that was out when the enrollment stopped; noted, and nothing follows. */
  private static Transition endedAfterTheStop(Stopped stopped, TouchEnded ended) {
    return Transition.to(stopped, List.of(record(ended)));
  }

  private static Transition afterTheEnd(EnrollmentState end, String how, String signal) {
    return Transition.ignored(
        end, "The enrollment had already " + how + "; a " + signal + " no longer matters.");
  }

  private static Transition stale(EnrollmentState state, String signal, String stepId, int round) {
    return Transition.ignored(
        state,
        "A " + signal + " of step " + stepId + ", round " + round + ", is not the one awaited.");
  }

  /**
   * MT-14: the touch keeps its scheduled time, from which the next is reckoned; only its due time
   * moves.
   */
  private static Transition nextRound(
      String stepId, Instant scheduledAt, int round, TouchDeferred deferred) {
    return waitFor(stepId, scheduledAt, deferred.until(), round + 1, deferred.now(), List.of());
  }

  private static Transition advance(
      CampaignDefinition definition, Waiting waiting, Instant now, List<Effect> effects) {
    Optional<Step> next = nextAfter(definition, waiting.stepId());
    return goOn(waiting, waiting.scheduledAt(), next, now, effects);
  }

  private static Transition goOn(
      EnrollmentState from,
      Instant scheduledBefore,
      Optional<Step> next,
      Instant now,
      List<Effect> effects) {
    if (next.isEmpty()) {
      return complete(from, now, effects);
    }
    Instant scheduledAt = scheduledBefore.plus(next.get().delay().toDuration());
    return waitFor(next.get().id(), scheduledAt, scheduledAt, 0, now, effects);
  }

  private static Transition waitFor(
      String stepId,
      Instant scheduledAt,
      Instant wantedAt,
      int round,
      Instant now,
      List<Effect> effects) {
    Instant dueAt = wantedAt.isBefore(now) ? now : wantedAt;
    List<Effect> all = new ArrayList<>(effects);
    all.add(new Effect.Schedule(stepId, dueAt, round));
    return Transition.to(new Waiting(stepId, scheduledAt, dueAt, round), all);
  }

  private static Transition complete(EnrollmentState from, Instant now, List<Effect> effects) {
    List<Effect> all = new ArrayList<>(effects);
    if (from instanceof Waiting) {
      all.add(new Effect.Unschedule());
    }
    all.add(new Effect.AnnounceCompleted());
    return Transition.to(new Completed(now), all);
  }

  private static Effect record(TouchEnded ended) {
    return new Effect.RecordTouch(ended.stepId(), ended.ending());
  }

  private static boolean isAbout(Waiting waiting, String stepId, int round) {
    return waiting.stepId().equals(stepId) && waiting.round() == round;
  }

  private static boolean isAbout(AwaitingOutcome awaiting, String stepId, int round) {
    return awaiting.stepId().equals(stepId) && awaiting.round() == round;
  }

  private static Optional<Step> nextAfter(CampaignDefinition definition, String stepId) {
    return Steps.next(definition, stepOf(definition, stepId).id());
  }

  private static Step stepOf(CampaignDefinition definition, String stepId) {
    return Steps.find(definition, stepId)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Step " + stepId + " is not in the definition \"" + definition.name() + "\""));
  }
}
