package dev.aftertouch.engine.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question about customer, job and enrollment facts (CB-06). */
public sealed interface Condition {
  /** All of them hold; true when empty. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  /** At least one holds; false when empty. */
  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = List.copyOf(conditions);
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Condition {}

  /** A fact, such as {@code customer.city} or {@code job.value}, compared with a value. */
  record Compare(String fact, Operator operator, @Nullable String value, List<String> values)
      implements Condition {
    public Compare {
      values = List.copyOf(values);
    }
  }

  /** How a fact is compared. */
  enum Operator {
    EQUALS,
    NOT_EQUALS,
    GREATER_THAN,
    LESS_THAN,
    CONTAINS,
    STARTS_WITH,
    IN,
    EXISTS
  }
}
