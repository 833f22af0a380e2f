package dev.aftertouch.engine.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.Delay;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Steps;
import dev.aftertouch.engine.journey.EnrollmentState.AwaitingOutcome;
import dev.aftertouch.engine.journey.EnrollmentState.Completed;
import dev.aftertouch.engine.journey.EnrollmentState.Stopped;
import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.engine.journey.Signal.Ending;
import dev.aftertouch.engine.journey.Signal.StepDue;
import dev.aftertouch.engine.journey.Signal.StopRequested;
import dev.aftertouch.engine.journey.Signal.TouchDeferred;
import dev.aftertouch.engine.journey.Signal.TouchEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random campaigns under a transport that repeats, delays and reorders signals, with a service
 * beside the engine that carries out the effects as the real one does.
 */
class JourneyPropertiesTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final ConditionFacts FACTS = new ConditionFacts(Map.of("customer.city", "Denver"));
  private static final int MOST_DEFERRALS = 3;

  @Test
  void neverHasTwoTouchesOutAndNeverGoesBackInTime() {
    Randomness.forManySeeds(
        random -> {
          Run run = new Run(random, campaign(random));
          run.toTheEnd(random.oneIn(4));
          assertThat(run.outstanding).as("touches that are still out").isEmpty();
        });
  }

  @Test
  void endsEachTouchOnThePathExactlyOnceHoweverOftenItIsDeferred() {
    Randomness.forManySeeds(
        random -> {
          Run run = new Run(random, campaign(random));
          run.toTheEnd(false);
          assertThat(run.state).isInstanceOf(Completed.class);
          assertThat(run.recorded).isEqualTo(pathOfTouches(run.definition));
        });
  }

  @Test
  void keepsADueRowExactlyWhileItWaits() {
    Randomness.forManySeeds(
        random -> {
          Run run = new Run(random, campaign(random));
          run.afterEachTransition =
              () -> assertThat(run.dueRow != null).isEqualTo(run.state instanceof Waiting);
          run.toTheEnd(random.oneIn(4));
        });
  }

  @Test
  void plansTheTimesThatTheJourneyThenKeeps() {
    Randomness.forManySeeds(
        random -> {
          Run run = new Run(random, campaign(random));
          run.toTheEnd(false);
          for (PlannedTouch planned : Plan.touches(run.definition, START, null)) {
            assertThat(run.scheduled).containsEntry(planned.stepId(), planned.scheduledAt());
          }
        });
  }

  private static List<String> pathOfTouches(CampaignDefinition definition) {
    List<String> path = new ArrayList<>();
    var step = Steps.first(definition);
    while (step.isPresent() && !(step.get() instanceof Step.ExitCampaign)) {
      if (step.get() instanceof Step.Touching touch) {
        path.add(touch.id());
      }
      step =
          step.get() instanceof Step.Conditional fork
              ? Steps.afterCondition(definition, fork, Conditions.holds(fork.condition(), FACTS))
              : Steps.next(definition, step.get().id());
    }
    return path;
  }

  private static CampaignDefinition campaign(Randomness random) {
    return Campaigns.of(CampaignKind.DRIP, steps(random, new int[1], 0).toArray(Step[]::new));
  }

  private static List<Step> steps(Randomness random, int[] ids, int depth) {
    List<Step> steps = new ArrayList<>();
    int count = (depth == 0 ? 1 : 0) + random.below(5);
    for (int i = 0; i < count; i++) {
      String id = "step-" + ids[0]++;
      int hours = random.below(72);
      steps.add(
          switch (random.below(depth < 2 ? 8 : 6)) {
            case 0, 1 -> Campaigns.email(id, hours);
            case 2, 3 -> Campaigns.sms(id, hours);
            case 4 -> new Step.Wait(id, Delay.hours(1 + hours));
            case 5 ->
                random.oneIn(4)
                    ? new Step.ExitCampaign(id, Delay.hours(hours), null)
                    : new Step.CreateTask(id, Delay.hours(hours), "Call", null, null);
            default ->
                Campaigns.conditional(
                    id,
                    hours,
                    Campaigns.inCity(random.oneIn(2) ? "Denver" : "Boulder"),
                    steps(random, ids, depth + 1),
                    steps(random, ids, depth + 1));
          });
    }
    return steps;
  }

  /**
   * One enrollment with its service: one due row, the touches that are out, and the signals under
   * way.
   */
  private static final class Run {
    final Randomness random;
    final CampaignDefinition definition;
    final List<String> recorded = new ArrayList<>();
    final Set<String> outstanding = new HashSet<>();
    final Map<String, Instant> scheduled = new HashMap<>();
    final List<Signal> delivered = new ArrayList<>();
    final Map<String, Integer> deferrals = new HashMap<>();
    Runnable afterEachTransition = () -> {};
    EnrollmentState state = new Completed(START);
    Effect.@Nullable Schedule dueRow;
    Instant now = START;
    Instant lastScheduled = START;

    Run(Randomness random, CampaignDefinition definition) {
      this.random = random;
      this.definition = definition;
    }

    void toTheEnd(boolean stopSomewhere) {
      apply(Journey.begin(definition, START, null, now));
      int left = 1_000;
      while (!ended() || !outstanding.isEmpty()) {
        assertThat(left--).as("signals until the end").isPositive();
        if (stopSomewhere && random.oneIn(6)) {
          deliver(new StopRequested(StopReason.REPLIED, now));
        }
        Effect.Schedule due = dueRow;
        if (due != null) {
          now = now.isBefore(due.dueAt()) ? due.dueAt() : now;
          now = now.plus(Duration.ofMinutes(random.below(600)));
          deliver(new StepDue(due.stepId(), due.round(), now));
        } else if (!outstanding.isEmpty()) {
          answer(outstanding.iterator().next());
        }
        if (!delivered.isEmpty() && random.oneIn(2)) {
          deliver(random.oneOf(delivered));
        }
      }
      for (Signal again : List.copyOf(delivered)) {
        EnrollmentState before = state;
        deliver(again);
        assertThat(state).as("the end stays the end").isEqualTo(before);
      }
    }

    private boolean ended() {
      return state instanceof Completed || state instanceof Stopped;
    }

    /** The gate's answer to a touch; each round has one answer. */
    private void answer(String touch) {
      String stepId = touch.substring(0, touch.indexOf('/'));
      int round = Integer.parseInt(touch.substring(touch.indexOf('/') + 1));
      outstanding.remove(touch);
      now = now.plus(Duration.ofMinutes(random.below(90)));
      int deferred = deferrals.getOrDefault(stepId, 0);
      if (deferred < MOST_DEFERRALS && random.oneIn(3)) {
        deferrals.put(stepId, deferred + 1);
        deliver(
            new TouchDeferred(stepId, round, now.plus(Duration.ofHours(random.below(30))), now));
      } else {
        deliver(new TouchEnded(stepId, round, random.oneOf(List.of(Ending.values())), now));
      }
    }

    private void deliver(Signal signal) {
      delivered.add(signal);
      boolean first = delivered.indexOf(signal) == delivered.size() - 1;
      boolean wasEnded = ended();
      EnrollmentState before = state;
      Transition transition = Journey.decide(definition, state, signal, FACTS);
      if (!first) {
        assertThat(transition.state()).as("a repeat changes nothing").isEqualTo(before);
        return;
      }
      if (wasEnded) {
        assertThat(transition.state()).isEqualTo(before);
      }
      apply(transition);
    }

    private void apply(Transition transition) {
      state = transition.state();
      for (Effect effect : transition.effects()) {
        switch (effect) {
          case Effect.Schedule schedule -> dueRow = schedule;
          case Effect.Unschedule ignored -> dueRow = null;
          case Effect.RequestTouch request -> {
            assertThat(outstanding).as("touches out when the next one leaves").isEmpty();
            outstanding.add(request.step().id() + "/" + request.round());
          }
          case Effect.RecordTouch touch -> recorded.add(touch.stepId());
          case Effect.CarryOut ignored -> {}
          case Effect.AnnounceCompleted ignored -> assertThat(dueRow).isNull();
          case Effect.AnnounceStopped ignored -> assertThat(dueRow).isNull();
        }
      }
      if (state instanceof Waiting waiting) {
        keepTime(waiting.stepId(), waiting.scheduledAt());
        assertThat(waiting.dueAt()).isAfterOrEqualTo(waiting.scheduledAt());
      }
      if (state instanceof AwaitingOutcome awaiting) {
        keepTime(awaiting.stepId(), awaiting.scheduledAt());
      }
      afterEachTransition.run();
    }

    private void keepTime(String stepId, Instant scheduledAt) {
      assertThat(scheduledAt).as("scheduled time").isAfterOrEqualTo(lastScheduled);
      Instant before = scheduled.putIfAbsent(stepId, scheduledAt);
      assertThat(before == null ? scheduledAt : before)
          .as("scheduled time of " + stepId)
          .isEqualTo(scheduledAt);
      lastScheduled = scheduledAt;
    }
  }
}
