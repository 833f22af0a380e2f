package dev.aftertouch.engine.definition;

import java.util.List;
import java.util.regex.Pattern;

/** What a condition must fulfil, in a conditional step or a trigger. */
final class ConditionRules {
  private static final Pattern FACT = Pattern.compile("[a-z][a-z0-9_]*(\\.[A-Za-z0-9_-]+)+");
  private static final int MAXIMUM_DEPTH = 10;

  private ConditionRules() {}

  static void check(String path, Condition condition, FieldErrors errors) {
    check(path, condition, 1, errors);
  }

  private static void check(String path, Condition condition, int depth, FieldErrors errors) {
    if (depth > MAXIMUM_DEPTH) {
      errors.add(
          path,
          "nested_too_deep",
          "Conditions lie at most " + MAXIMUM_DEPTH + " deep in one another.");
      return;
    }
    switch (condition) {
      case Condition.All all -> checkEach(path, all.conditions(), depth, errors);
      case Condition.Any any -> checkEach(path, any.conditions(), depth, errors);
      case Condition.Not not -> check(path + ".condition", not.condition(), depth + 1, errors);
      case Condition.Compare compare -> checkCompare(path, compare, errors);
    }
  }

  private static void checkEach(
      String path, List<Condition> conditions, int depth, FieldErrors errors) {
    if (conditions.isEmpty()) {
      errors.add(path + ".conditions", "missing", "Name at least one condition.");
    }
    for (int i = 0; i < conditions.size(); i++) {
      check(path + ".conditions[" + i + "]", conditions.get(i), depth + 1, errors);
    }
  }

  private static void checkCompare(String path, Condition.Compare compare, FieldErrors errors) {
    if (!FACT.matcher(compare.fact()).matches()) {
      errors.add(
          path + ".fact",
          "fact_malformed",
          "\"" + compare.fact() + "\" names no fact, such as customer.city or job.value.");
    }
    String value = compare.value();
    switch (compare.operator()) {
      case EXISTS -> {
        if (value != null || !compare.values().isEmpty()) {
          errors.add(path + ".value", "value_not_allowed", "The operator exists takes no value.");
        }
      }
      case IN -> {
        if (compare.values().isEmpty()) {
          errors.add(path + ".values", "missing", "The operator in needs at least one value.");
        }
      }
      case EQUALS, NOT_EQUALS, GREATER_THAN, LESS_THAN, CONTAINS, STARTS_WITH -> {
        if (value == null || value.isBlank()) {
          errors.add(
              path + ".value",
              "missing",
              "The operator "
                  + compare.operator().name().toLowerCase(java.util.Locale.ROOT)
                  + " needs a value to compare with.");
        }
      }
    }
  }
}
