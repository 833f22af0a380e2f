package dev.aftertouch.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static final Template TEMPLATE = new Template(null, "Hello");
  private static final Condition CONDITION =
      new Condition.Compare("customer.city", Condition.Operator.EXISTS, null, List.of());

  private static final Step A = touch("a");
  private static final Step B = touch("b");
  private static final Step C = touch("c");
  private static final Step WAIT = new Step.Wait("wait", Delay.hours(1));
  private static final Step.Conditional INNER = fork("inner", List.of(B), List.of());
  private static final Step.Conditional OUTER = fork("outer", List.of(INNER, WAIT), List.of(C));
  private static final Step LAST = touch("last");
  private static final CampaignDefinition NESTED =
      new CampaignDefinition(
          "Nested",
          CampaignKind.DRIP,
          null,
          CampaignSettings.DEFAULTS,
          List.of(new Trigger.Manual()),
          List.of(A, OUTER, LAST));

  @Test
  void findsStepsInEveryBranch() {
    assertThat(Steps.find(NESTED, "a")).hasValue(A);
    assertThat(Steps.find(NESTED, "b")).hasValue(B);
    assertThat(Steps.find(NESTED, "c")).hasValue(C);
    assertThat(Steps.find(NESTED, "outer")).hasValue(OUTER);
    assertThat(Steps.find(NESTED, "nowhere")).isEmpty();
  }

  @Test
  void goesFromTheEndOfABranchToTheStepBehindItsConditional() {
    assertThat(Steps.next(NESTED, "a")).hasValue(OUTER);
    assertThat(Steps.next(NESTED, "b")).hasValue(WAIT);
    assertThat(Steps.next(NESTED, "wait")).hasValue(LAST);
    assertThat(Steps.next(NESTED, "c")).hasValue(LAST);
    assertThat(Steps.next(NESTED, "outer")).hasValue(LAST);
    assertThat(Steps.next(NESTED, "inner")).hasValue(WAIT);
    assertThat(Steps.next(NESTED, "last")).isEmpty();
    assertThat(Steps.next(NESTED, "nowhere")).isEmpty();
  }

  @Test
  void entersTheChosenBranchOrGoesPastAnEmptyOne() {
    assertThat(Steps.afterCondition(NESTED, OUTER, true)).hasValue(INNER);
    assertThat(Steps.afterCondition(NESTED, OUTER, false)).hasValue(C);
    assertThat(Steps.afterCondition(NESTED, INNER, false)).hasValue(WAIT);
  }

  @Test
  void numbersTouchesFromOneInTheOrderOfTheDocument() {
    assertThat(Steps.touches(NESTED)).extracting(Step::id).containsExactly("a", "b", "c", "last");
    assertThat(Steps.number(NESTED, "a")).hasValue(1);
    assertThat(Steps.number(NESTED, "last")).hasValue(4);
    assertThat(Steps.number(NESTED, "wait")).isEmpty();
  }

  @Test
  void saysWhereEachStepStands() {
    assertThat(Steps.located(NESTED))
        .extracting(Steps.Located::path, Steps.Located::depth)
        .containsExactly(
            tuple("steps[0]", 0),
            tuple("steps[1]", 0),
            tuple("steps[1].when_true[0]", 1),
            tuple("steps[1].when_true[0].when_true[0]", 2),
            tuple("steps[1].when_true[1]", 1),
            tuple("steps[1].when_false[0]", 1),
            tuple("steps[2]", 0));
  }

  private static Step touch(String id) {
    return new Step.SendSms(id, Delay.hours(1), TEMPLATE);
  }

  private static Step.Conditional fork(String id, List<Step> whenTrue, List<Step> whenFalse) {
    return new Step.Conditional(id, Delay.NONE, CONDITION, whenTrue, whenFalse);
  }
}
