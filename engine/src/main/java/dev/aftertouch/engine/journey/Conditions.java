package dev.aftertouch.engine.journey;

import dev.aftertouch.engine.definition.Condition;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a condition holds (CB-06). Two numbers are compared as numbers; everything else as text,
 * in which case does not matter and ISO dates of one form order as dates do. An unknown fact equals
 * nothing, so that {@code not_equals} alone holds.
 */
public final class Conditions {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");

  private Conditions() {}

  /** Whether it holds for those facts. */
  public static boolean holds(Condition condition, ConditionFacts facts) {
    return switch (condition) {
      case Condition.All all -> all.conditions().stream().allMatch(each -> holds(each, facts));
      case Condition.Any any -> any.conditions().stream().anyMatch(each -> holds(each, facts));
      case Condition.Not not -> !holds(not.condition(), facts);
      case Condition.Compare compare -> compare(compare, facts.value(compare.fact()));
    };
  }

  private static boolean compare(Condition.Compare compare, Optional<String> known) {
    if (known.isEmpty()) {
      return compare.operator() == Condition.Operator.NOT_EQUALS;
    }
    String fact = known.get();
    String value = wanted(compare.value());
    return switch (compare.operator()) {
      case EQUALS -> order(fact, value) == 0;
      case NOT_EQUALS -> order(fact, value) != 0;
      case GREATER_THAN -> comparable(fact, value) && order(fact, value) > 0;
      case LESS_THAN -> comparable(fact, value) && order(fact, value) < 0;
      case CONTAINS -> folded(fact).contains(folded(value));
      case STARTS_WITH -> folded(fact).startsWith(folded(value));
      case IN -> compare.values().stream().anyMatch(each -> order(fact, wanted(each)) == 0);
      case EXISTS -> true;
    };
  }

  private static int order(String left, String right) {
    return isNumber(left) && isNumber(right)
        ? new BigDecimal(left).compareTo(new BigDecimal(right))
        : folded(left).compareTo(folded(right));
  }

  /** A number is neither greater nor less than a word. */
  private static boolean comparable(String left, String right) {
    return isNumber(left) == isNumber(right);
  }

  private static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String wanted(@Nullable String value) {
    return value == null ? "" : value.strip();
  }
}
