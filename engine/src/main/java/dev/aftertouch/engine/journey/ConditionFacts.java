package dev.aftertouch.engine.journey;

import java.util.Map;
import java.util.Optional;

/**
 * What conditions are asked about: customer, job and enrollment facts by name, such as {@code
 * customer.city}, {@code job.value} or {@code enrollment.touches_sent}. Numbers are plain decimals,
 * dates ISO 8601.
 */
public record ConditionFacts(Map<String, String> values) {
  /** Nothing is known. */
  public static final ConditionFacts NONE = new ConditionFacts(Map.of());

  public ConditionFacts {
    values = Map.copyOf(values);
  }

  /** The fact of that name; a blank one counts as unknown. */
  public Optional<String> value(String fact) {
    return Optional.ofNullable(values.get(fact)).map(String::strip).filter(text -> !text.isEmpty());
  }
}
