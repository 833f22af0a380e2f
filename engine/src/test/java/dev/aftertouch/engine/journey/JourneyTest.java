package dev.aftertouch.engine.journey;

import static dev.aftertouch.engine.journey.Campaigns.FIRST;
import static dev.aftertouch.engine.journey.Campaigns.SECOND;
import static dev.aftertouch.engine.journey.Campaigns.THREE_TOUCHES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignKind;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JourneyTest {
  private static final Instant DONE = Instant.parse("2026-03-02T15:00:00Z");
  private static final Instant FIRST_AT = DONE.plus(Duration.ofHours(24));
  private static final Instant SECOND_AT = DONE.plus(Duration.ofHours(72));
  private static final Instant THIRD_AT = DONE.plus(Duration.ofHours(144));
  private static final Instant NOW = FIRST_AT.plusSeconds(3);
  private static final Instant LATER = NOW.plus(Duration.ofHours(9));

  private static final Waiting WAITING = new Waiting("first", FIRST_AT, FIRST_AT, 0);
  private static final Waiting WAITING_AGAIN = new Waiting("first", FIRST_AT, NOW, 1);
  private static final AwaitingOutcome AWAITING = new AwaitingOutcome("first", FIRST_AT, 0);
  private static final AwaitingOutcome AWAITING_LAST = new AwaitingOutcome("third", THIRD_AT, 0);
  private static final Completed COMPLETED = new Completed(NOW.minusSeconds(60));
  private static final Stopped STOPPED =
      new Stopped(StopReason.REVIEW_CLICKED, NOW.minusSeconds(60));

  private static final StepDue DUE = new StepDue("first", 0, NOW);
  private static final StepDue DUE_OTHER_ROUND = new StepDue("first", 7, NOW);
  private static final StepDue DUE_OTHER_STEP = new StepDue("second", 0, NOW);
  private static final TouchEnded SENT = new TouchEnded("first", 0, Ending.SENT, NOW);
  private static final TouchEnded SENT_OTHER_ROUND = new TouchEnded("first", 7, Ending.SENT, NOW);
  private static final TouchEnded SENT_OTHER_STEP = new TouchEnded("second", 0, Ending.SENT, NOW);
  private static final TouchDeferred DEFERRED = new TouchDeferred("first", 0, LATER, NOW);
  private static final TouchDeferred DEFERRED_OTHER_ROUND =
      new TouchDeferred("first", 7, LATER, NOW);
  private static final StopRequested STOP = new StopRequested(StopReason.REPLIED, NOW);

  private static final Waiting SECOND_WAITING = new Waiting("second", SECOND_AT, SECOND_AT, 0);

  static Stream<Arguments> everyPair() {
    Effect recorded = new Effect.RecordTouch("first", Ending.SENT);
    Effect second = new Effect.Schedule("second", SECOND_AT, 0);
    Effect unschedule = new Effect.Unschedule();
    Effect stopped = new Effect.AnnounceStopped(StopReason.REPLIED);
    Stopped nowStopped = new Stopped(StopReason.REPLIED, NOW);
    return Stream.of(
        changes(WAITING, DUE, AWAITING, unschedule, new Effect.RequestTouch(FIRST, FIRST_AT, 0)),
        ignores(WAITING, DUE_OTHER_ROUND, "not the one awaited"),
        ignores(WAITING, DUE_OTHER_STEP, "not the one awaited"),
        changes(WAITING, SENT, SECOND_WAITING, recorded, second),
        ignores(WAITING, SENT_OTHER_ROUND, "not the one awaited"),
        ignores(WAITING, SENT_OTHER_STEP, "not the one awaited"),
        changes(
            WAITING,
            DEFERRED,
            new Waiting("first", FIRST_AT, LATER, 1),
            new Effect.Schedule("first", LATER, 1)),
        ignores(WAITING, DEFERRED_OTHER_ROUND, "not the one awaited"),
        changes(WAITING, STOP, nowStopped, unschedule, stopped),
        ignores(WAITING_AGAIN, DEFERRED, "not the one awaited"),
        ignores(WAITING_AGAIN, SENT, "not the one awaited"),
        ignores(AWAITING, DUE, "already been handed to the gate"),
        ignores(AWAITING, DUE_OTHER_ROUND, "not the one awaited"),
        changes(AWAITING, SENT, SECOND_WAITING, recorded, second),
        ignores(AWAITING, SENT_OTHER_ROUND, "not the one awaited"),
        ignores(AWAITING, SENT_OTHER_STEP, "not the one awaited"),
        changes(
            AWAITING,
            DEFERRED,
            new Waiting("first", FIRST_AT, LATER, 1),
            new Effect.Schedule("first", LATER, 1)),
        ignores(AWAITING, DEFERRED_OTHER_ROUND, "not the one awaited"),
        changes(AWAITING, STOP, nowStopped, stopped),
        changes(
            AWAITING_LAST,
            new TouchEnded("third", 0, Ending.SENT, THIRD_AT),
            new Completed(THIRD_AT),
            new Effect.RecordTouch("third", Ending.SENT),
            new Effect.AnnounceCompleted()),
        ignores(COMPLETED, DUE, "already completed"),
        ignores(COMPLETED, SENT, "already completed"),
        ignores(COMPLETED, DEFERRED, "already completed"),
        ignores(COMPLETED, STOP, "already completed"),
        ignores(STOPPED, DUE, "already stopped"),
        changes(STOPPED, SENT, STOPPED, recorded),
        ignores(STOPPED, DEFERRED, "already stopped"),
        ignores(STOPPED, STOP, "already stopped"));
  }

  @ParameterizedTest(name = "{0} × {1}")
  @MethodSource("everyPair")
  void answersEveryPairOfStateAndSignal(EnrollmentState state, Signal signal, Transition expected) {
    Transition transition = Journey.decide(THREE_TOUCHES, state, signal, ConditionFacts.NONE);

    assertThat(transition.state()).isEqualTo(expected.state());
    assertThat(transition.effects()).isEqualTo(expected.effects());
    if (expected.note().isEmpty()) {
      assertThat(transition.note()).isEmpty();
    } else {
      assertThat(transition.note()).contains(expected.note());
    }
  }

  @Test
  void hasALineInTheTableForEveryPair() {
    Map<String, Boolean> pairs = new LinkedHashMap<>();
    for (Class<?> state : EnrollmentState.class.getPermittedSubclasses()) {
      for (Class<?> signal : Signal.class.getPermittedSubclasses()) {
        pairs.put(state.getSimpleName() + " × " + signal.getSimpleName(), false);
      }
    }

    everyPair()
        .map(Arguments::get)
        .forEach(
            line ->
                pairs.put(
                    line[0].getClass().getSimpleName() + " × " + line[1].getClass().getSimpleName(),
                    true));

    assertThat(pairs).hasSize(16).allSatisfy((pair, covered) -> assertThat(covered).isTrue());
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void goesOnHoweverATouchEnds(Ending ending) {
    Signal ended = new TouchEnded("first", 0, ending, NOW);

    Transition transition = Journey.decide(THREE_TOUCHES, AWAITING, ended, ConditionFacts.NONE);

    assertThat(transition.state()).isEqualTo(SECOND_WAITING);
    assertThat(transition.effects()).contains(new Effect.RecordTouch("first", ending));
  }

  @ParameterizedTest
  @EnumSource(StopReason.class)
  void stopsForEveryReason(StopReason reason) {
    Transition transition =
        Journey.decide(THREE_TOUCHES, WAITING, new StopRequested(reason, NOW), ConditionFacts.NONE);

    assertThat(transition.state()).isEqualTo(new Stopped(reason, NOW));
    assertThat(transition.effects()).contains(new Effect.AnnounceStopped(reason));
  }

  @Test
  void countsTheNextDelayFromTheScheduledTimeAndNotFromTheRealOne() {
    Instant sentLate = FIRST_AT.plus(Duration.ofHours(30));

    Transition transition =
        Journey.decide(
            THREE_TOUCHES,
            AWAITING,
            new TouchEnded("first", 0, Ending.SENT, sentLate),
            ConditionFacts.NONE);

    assertThat(transition.state()).isEqualTo(SECOND_WAITING);
  }

  @Test
  void isDueAtOnceWhenTheNextScheduledTimeHasPassed() {
    Instant sentVeryLate = SECOND_AT.plus(Duration.ofHours(5));

    Transition transition =
        Journey.decide(
            THREE_TOUCHES,
            AWAITING,
            new TouchEnded("first", 0, Ending.SENT, sentVeryLate),
            ConditionFacts.NONE);

    assertThat(transition.state()).isEqualTo(new Waiting("second", SECOND_AT, sentVeryLate, 0));
  }

  @Test
  void keepsTheDueRowOfAStepThatIsClaimedTooEarly() {
    Instant early = FIRST_AT.minusMillis(1);

    Transition transition =
        Journey.decide(THREE_TOUCHES, WAITING, new StepDue("first", 0, early), ConditionFacts.NONE);

    assertThat(transition)
        .isEqualTo(
            new Transition(
                WAITING,
                List.of(new Effect.Schedule("first", FIRST_AT, 0)),
                "Not due before " + FIRST_AT + "."));
  }

  @Test
  void isDueAgainAtOnceWhenADeferralHasAlreadyPassed() {
    Signal late = new TouchDeferred("first", 0, NOW.minusSeconds(1), NOW);

    Transition transition = Journey.decide(THREE_TOUCHES, AWAITING, late, ConditionFacts.NONE);

    assertThat(transition.state()).isEqualTo(new Waiting("first", FIRST_AT, NOW, 1));
  }

  @Test
  void beginsItsFirstDelayAfterTheAnchor() {
    Transition transition = Journey.begin(THREE_TOUCHES, DONE, null, DONE.plusSeconds(20));

    assertThat(transition)
        .isEqualTo(Transition.to(WAITING, List.of(new Effect.Schedule("first", FIRST_AT, 0))));
  }

  @Test
  void beginsAtOnceWhenTheJobWasDoneLongAgo() {
    Instant now = DONE.plus(Duration.ofDays(10));

    Transition transition = Journey.begin(THREE_TOUCHES, DONE, null, now);

    assertThat(transition.state()).isEqualTo(new Waiting("first", FIRST_AT, now, 0));
  }

  @Test
  void beginsAfterTheBusinesssOwnDelayWhereThereIsOne() {
    Transition transition =
        Journey.begin(THREE_TOUCHES, DONE, Duration.ofHours(2), DONE.plusSeconds(20));

    Instant inTwoHours = DONE.plus(Duration.ofHours(2));
    assertThat(transition.state()).isEqualTo(new Waiting("first", inTwoHours, inTwoHours, 0));
  }

  @Test
  void completesAtOnceWithoutSteps() {
    Transition transition = Journey.begin(THREE_TOUCHES.withSteps(List.of()), DONE, null, NOW);

    assertThat(transition)
        .isEqualTo(Transition.to(new Completed(NOW), List.of(new Effect.AnnounceCompleted())));
  }

  @Test
  void refusesAStateThatBelongsToAnotherVersion() {
    Waiting unknown = new Waiting("gone", FIRST_AT, FIRST_AT, 0);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Journey.decide(
                    THREE_TOUCHES, unknown, new StepDue("gone", 0, NOW), ConditionFacts.NONE))
        .withMessageContaining("gone");
  }

  @Test
  void handsTheTouchToTheGateWithItsChannel() {
    CampaignDefinition texts = Campaigns.of(CampaignKind.MULTI_TOUCH, SECOND);
    Waiting waiting = new Waiting("second", NOW, NOW, 3);

    Transition transition =
        Journey.decide(texts, waiting, new StepDue("second", 3, NOW), ConditionFacts.NONE);

    assertThat(transition.effects())
        .containsExactly(new Effect.Unschedule(), new Effect.RequestTouch(SECOND, NOW, 3));
  }

  private static Arguments changes(
      EnrollmentState from, Signal signal, EnrollmentState to, Effect... effects) {
    return Arguments.of(from, signal, Transition.to(to, Arrays.asList(effects)));
  }

  private static Arguments ignores(EnrollmentState state, Signal signal, String why) {
    return Arguments.of(state, signal, Transition.ignored(state, why));
  }
}
