package dev.aftertouch.engine.journey;

import static dev.aftertouch.engine.journey.Campaigns.conditional;
import static dev.aftertouch.engine.journey.Campaigns.email;
import static dev.aftertouch.engine.journey.Campaigns.inCity;
import static dev.aftertouch.engine.journey.Campaigns.sms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.Delay;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.journey.EnrollmentState.Completed;
import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.engine.journey.Signal.StepDue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a due step does, for each of the ten kinds; the two that touch are in {@link JourneyTest}.
 */
class JourneyStepsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
  private static final Delay HOUR = Delay.hours(1);
  private static final Step LAST = email("last", 24);
  private static final Instant LAST_AT = NOW.plus(Duration.ofHours(24));
  private static final ConditionFacts IN_DENVER =
      new ConditionFacts(Map.of("customer.city", "Denver"));

  static Stream<Step> stepsThatAreCarriedOut() {
    return Stream.of(
        new Step.CreateTask("step", HOUR, "Call back", null, null),
        new Step.UpdateField("step", HOUR, "custom.asked", "yes"),
        new Step.ManageTags("step", HOUR, Set.of("asked"), Set.of()),
        new Step.Notify("step", HOUR, "owner", "Asked {{first_name}}"),
        new Step.Webhook("step", HOUR, "https://example.com/hook", Map.of()));
  }

  @ParameterizedTest
  @MethodSource("stepsThatAreCarriedOut")
  void carriesOutTheStepAndGoesOn(Step step) {
    Transition transition = due(step, LAST, ConditionFacts.NONE);

    assertThat(transition)
        .isEqualTo(
            Transition.to(
                new Waiting("last", LAST_AT, LAST_AT, 0),
                List.of(new Effect.CarryOut(step), new Effect.Schedule("last", LAST_AT, 0))));
  }

  @Test
  void letsTimePass() {
    Transition transition = due(new Step.Wait("step", HOUR), LAST, ConditionFacts.NONE);

    assertThat(transition)
        .isEqualTo(
            Transition.to(
                new Waiting("last", LAST_AT, LAST_AT, 0),
                List.of(new Effect.Schedule("last", LAST_AT, 0))));
  }

  @Test
  void completesAtAnExit() {
    Transition transition =
        due(new Step.ExitCampaign("step", HOUR, "enough"), LAST, ConditionFacts.NONE);

    assertThat(transition)
        .isEqualTo(
            Transition.to(
                new Completed(NOW),
                List.of(new Effect.Unschedule(), new Effect.AnnounceCompleted())));
  }

  @Test
  void completesAfterALastStepThatIsNoTouch() {
    Step step = new Step.Wait("step", HOUR);
    CampaignDefinition definition = Campaigns.of(CampaignKind.DRIP, step);

    Transition transition =
        Journey.decide(
            definition, new Waiting("step", NOW, NOW, 0), new StepDue("step", 0, NOW), IN_DENVER);

    assertThat(transition)
        .isEqualTo(
            Transition.to(
                new Completed(NOW),
                List.of(new Effect.Unschedule(), new Effect.AnnounceCompleted())));
  }

  @Test
  void takesTheBranchThatTheFactsDecide() {
    Step fork =
        conditional("step", 1, inCity("Denver"), List.of(sms("here", 2)), List.of(sms("there", 3)));

    assertThat(due(fork, LAST, IN_DENVER).state()).isEqualTo(waiting("here", 2));
    assertThat(due(fork, LAST, ConditionFacts.NONE).state()).isEqualTo(waiting("there", 3));
  }

  @Test
  void goesPastAnEmptyBranch() {
    Step fork = conditional("step", 1, inCity("Denver"), List.of(), List.of(sms("there", 3)));

    assertThat(due(fork, LAST, IN_DENVER).state()).isEqualTo(waiting("last", 24));
  }

  @Test
  void comesBackFromABranchToTheStepBehind() {
    Step fork =
        conditional("fork", 1, inCity("Denver"), List.of(new Step.Wait("step", HOUR)), List.of());
    CampaignDefinition definition = Campaigns.of(CampaignKind.DRIP, fork, LAST);

    Transition transition =
        Journey.decide(
            definition, new Waiting("step", NOW, NOW, 0), new StepDue("step", 0, NOW), IN_DENVER);

    assertThat(transition.state()).isEqualTo(waiting("last", 24));
  }

  private static Waiting waiting(String stepId, int hours) {
    Instant at = NOW.plus(Duration.ofHours(hours));
    return new Waiting(stepId, at, at, 0);
  }

  private static Transition due(Step step, Step behind, ConditionFacts facts) {
    return Journey.decide(
        Campaigns.of(CampaignKind.DRIP, step, behind),
        new Waiting("step", NOW, NOW, 0),
        new StepDue("step", 0, NOW),
        facts);
  }
}
