package dev.aftertouch.local.demo;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what happened in this run, by verb and detail. */
final class Tally {
  private final Map<Verb, Map<String, Integer>> counts = new EnumMap<>(Verb.class);

  void count(Verb verb, String detail) {
    counts.computeIfAbsent(verb, v -> new TreeMap<>()).merge(detail, 1, Integer::sum);
  }

  int total(Verb verb) {
    return of(verb).values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Such as {@code 3 no phone, 1 suppressed}; the most frequent first, empty without details. */
  String details(Verb verb) {
    return of(verb).entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty())
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private Map<String, Integer> of(Verb verb) {
    return counts.getOrDefault(verb, Map.of());
  }
}
