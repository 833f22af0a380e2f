package dev.aftertouch.analytics.projecting;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the counts change by one batch, summed up before anything is written. Not thread-safe. */
final class Counts {
  private static final long QUARTER_SECONDS = 900;

  /** A line of {@code touch_counts}. */
  record OfTouch(
      UUID businessId,
      UUID campaignId,
      int version,
      int number,
      String channel,
      String measure,
      String reason) {}

  /** A line of {@code enrollment_counts}. */
  record OfEnrollment(UUID businessId, @Nullable UUID campaignId, String measure, String reason) {}

  /** A row of {@code activities}; the quarter of an hour by its beginning. */
  record Quarter(UUID businessId, UUID campaignId, Instant quarter) {
    static Quarter of(UUID business, UUID campaign, Instant time) {
      long second = time.getEpochSecond();
      return new Quarter(
          business,
          campaign,
          Instant.ofEpochSecond(second - Math.floorMod(second, QUARTER_SECONDS)));
    }
  }

  /** A change that is not zero. */
  record Change<K>(K key, long amount) {}

  /** Changes of one quarter of an hour; those that are not there are zero. */
  record Changes(Quarter key, Map<Activity, Long> amounts) {
    long of(Activity activity) {
      return amounts.getOrDefault(activity, 0L);
    }
  }

  private final Map<OfTouch, Long> touches = new HashMap<>();
  private final Map<OfEnrollment, Long> enrollments = new HashMap<>();
  private final Map<Quarter, Map<Activity, Long>> activities = new HashMap<>();

  void add(OfTouch line, long amount) {
    touches.merge(line, amount, Long::sum);
  }

  void add(OfEnrollment line, long amount) {
    enrollments.merge(line, amount, Long::sum);
  }

  void add(Quarter quarter, Activity activity, long amount) {
    activities
        .computeIfAbsent(quarter, none -> new EnumMap<>(Activity.class))
        .merge(activity, amount, Long::sum);
  }

  List<Change<OfTouch>> touches() {
    return changes(touches);
  }

  List<Change<OfEnrollment>> enrollments() {
    return changes(enrollments);
  }

  List<Changes> activities() {
    return activities.entrySet().stream()
        .filter(quarter -> quarter.getValue().values().stream().anyMatch(amount -> amount != 0))
        .map(quarter -> new Changes(quarter.getKey(), quarter.getValue()))
        .toList();
  }

  private static <K> List<Change<K>> changes(Map<K, Long> sums) {
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue() != 0)
        .map(sum -> new Change<>(sum.getKey(), sum.getValue()))
        .toList();
  }
}
