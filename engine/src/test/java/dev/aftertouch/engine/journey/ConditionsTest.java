package dev.aftertouch.engine.journey;

import static dev.aftertouch.engine.definition.Condition.Operator.CONTAINS;
import static dev.aftertouch.engine.definition.Condition.Operator.EQUALS;
import static dev.aftertouch.engine.definition.Condition.Operator.EXISTS;
import static dev.aftertouch.engine.definition.Condition.Operator.GREATER_THAN;
import static dev.aftertouch.engine.definition.Condition.Operator.IN;
import static dev.aftertouch.engine.definition.Condition.Operator.LESS_THAN;
import static dev.aftertouch.engine.definition.Condition.Operator.NOT_EQUALS;
import static dev.aftertouch.engine.definition.Condition.Operator.STARTS_WITH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.definition.Condition;
import dev.aftertouch.engine.definition.Condition.Operator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionsTest {
  private static final ConditionFacts FACTS =
      new ConditionFacts(
          Map.of(
              "customer.city", " Fort Collins ",
              "customer.note", "  ",
              "job.value", "1000.50",
              "job.completed_at", "2026-03-02",
              "job.postcode", "07030"));
  private static final Condition TRUE = compare("job.value", EXISTS, null);
  private static final Condition FALSE = new Condition.Not(TRUE);

  static Stream<Arguments> comparisons() {
    return Stream.of(
        Arguments.of("customer.city", EQUALS, "fort collins", true),
        Arguments.of("customer.city", EQUALS, "Fort", false),
        Arguments.of("customer.city", NOT_EQUALS, "Denver", true),
        Arguments.of("customer.city", NOT_EQUALS, "FORT COLLINS", false),
        Arguments.of("customer.city", CONTAINS, "coll", true),
        Arguments.of("customer.city", CONTAINS, "boulder", false),
        Arguments.of("customer.city", STARTS_WITH, "fort", true),
        Arguments.of("customer.city", STARTS_WITH, "collins", false),
        Arguments.of("customer.city", EXISTS, null, true),
        Arguments.of("customer.note", EXISTS, null, false),
        Arguments.of("job.value", EQUALS, "1000.5", true),
        Arguments.of("job.value", GREATER_THAN, "999", true),
        Arguments.of("job.value", GREATER_THAN, "1000.50", false),
        Arguments.of("job.value", LESS_THAN, "20000", true),
        Arguments.of("job.value", LESS_THAN, "-1", false),
        Arguments.of("job.value", GREATER_THAN, "a lot", false),
        Arguments.of("job.value", LESS_THAN, "a lot", false),
        Arguments.of("job.completed_at", GREATER_THAN, "2026-02-28", true),
        Arguments.of("job.completed_at", LESS_THAN, "2026-02-28", false),
        Arguments.of("customer.unknown", EQUALS, "", false),
        Arguments.of("customer.unknown", NOT_EQUALS, "Denver", true),
        Arguments.of("customer.unknown", GREATER_THAN, "1", false),
        Arguments.of("customer.unknown", LESS_THAN, "1", false),
        Arguments.of("customer.unknown", CONTAINS, "", false),
        Arguments.of("customer.unknown", STARTS_WITH, "", false),
        Arguments.of("customer.unknown", EXISTS, null, false));
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void comparesAFactWithAValue(
      String fact, Operator operator, @Nullable String value, boolean holds) {
    assertThat(Conditions.holds(compare(fact, operator, value), FACTS)).isEqualTo(holds);
  }

  @Test
  void hasAComparisonForEveryOperatorButIn() {
    assertThat(comparisons().map(line -> line.get()[1]).distinct())
        .hasSize(Operator.values().length - 1);
  }

  @Test
  void looksAFactUpInAList() {
    Condition in =
        new Condition.Compare("customer.city", IN, null, List.of("Denver", "fort collins"));
    Condition other = new Condition.Compare("customer.city", IN, null, List.of("Denver"));
    Condition unknown = new Condition.Compare("customer.unknown", IN, null, List.of(""));

    assertThat(Conditions.holds(in, FACTS)).isTrue();
    assertThat(Conditions.holds(other, FACTS)).isFalse();
    assertThat(Conditions.holds(unknown, FACTS)).isFalse();
  }

  @Test
  void combinesConditions() {
    assertThat(Conditions.holds(new Condition.All(List.of(TRUE, TRUE)), FACTS)).isTrue();
    assertThat(Conditions.holds(new Condition.All(List.of(TRUE, FALSE)), FACTS)).isFalse();
    assertThat(Conditions.holds(new Condition.All(List.of()), FACTS)).isTrue();
    assertThat(Conditions.holds(new Condition.Any(List.of(FALSE, TRUE)), FACTS)).isTrue();
    assertThat(Conditions.holds(new Condition.Any(List.of(FALSE, FALSE)), FACTS)).isFalse();
    assertThat(Conditions.holds(new Condition.Any(List.of()), FACTS)).isFalse();
    assertThat(Conditions.holds(new Condition.Not(FALSE), FACTS)).isTrue();
  }

  private static Condition compare(String fact, Operator operator, @Nullable String value) {
    return new Condition.Compare(fact, operator, value, List.of());
  }
}
