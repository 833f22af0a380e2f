package dev.aftertouch.local.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one line of what happened alike to many at about the same time. */
final class Coalescing {
  private static final int MOST_NAMED = 2;

  private Coalescing() {}

  private record Kind(Verb verb, String what, String more) {}

  /** In the order of their first happening; what has no name is counted only. */
  static List<Happening> of(List<Happening> happenings) {
    Map<Kind, List<Happening>> alike = new LinkedHashMap<>();
    happenings.stream()
        .sorted(Comparator.comparing(Happening::at))
        .forEach(
            one ->
                alike
                    .computeIfAbsent(
                        new Kind(one.verb(), one.what(), one.more()), kind -> new ArrayList<>())
                    .add(one));
    return alike.entrySet().stream().map(entry -> line(entry.getKey(), entry.getValue())).toList();
  }

  private static Happening line(Kind kind, List<Happening> alike) {
    Instant first = alike.getFirst().at();
    return new Happening(
        first,
        kind.verb(),
        kind.what(),
        who(alike.stream().map(Happening::who).toList()),
        kind.more());
  }

  private static String who(List<String> names) {
    if (names.stream().allMatch(String::isEmpty)) {
      return names.size() == 1 ? "" : names.size() + " times";
    }
    if (names.size() <= MOST_NAMED) {
      return String.join(", ", names);
    }
    return "%s and %d more".formatted(names.getFirst(), names.size() - 1);
  }
}
