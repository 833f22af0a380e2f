package dev.aftertouch.analytics.projecting;

import java.time.Instant;
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

  /** A line of {@code activity_counts}; the quarter of an hour by its beginning. */
  record OfActivity(UUID businessId, UUID campaignId, Instant quarter, String measure) {
    static OfActivity at(UUID business, UUID campaign, Instant time, String measure) {
      long second = time.getEpochSecond();
      return new OfActivity(
          business,
          campaign,
          Instant.ofEpochSecond(second - Math.floorMod(second, QUARTER_SECONDS)),
          measure);
    }
  }

  /** A change that is not zero. */
  record Change<K>(K key, long amount) {}

  private final Map<OfTouch, Long> touches = new HashMap<>();
  private final Map<OfEnrollment, Long> enrollments = new HashMap<>();
  private final Map<OfActivity, Long> activities = new HashMap<>();

  void add(OfTouch line, long amount) {
    touches.merge(line, amount, Long::sum);
  }

  void add(OfEnrollment line, long amount) {
    enrollments.merge(line, amount, Long::sum);
  }

  void add(OfActivity line, long amount) {
    activities.merge(line, amount, Long::sum);
  }

  List<Change<OfTouch>> touches() {
    return changes(touches);
  }

  List<Change<OfEnrollment>> enrollments() {
    return changes(enrollments);
  }

  List<Change<OfActivity>> activities() {
    return changes(activities);
  }

  private static <K> List<Change<K>> changes(Map<K, Long> sums) {
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue() != 0)
        .map(sum -> new Change<>(sum.getKey(), sum.getValue()))
        .toList();
  }
}
