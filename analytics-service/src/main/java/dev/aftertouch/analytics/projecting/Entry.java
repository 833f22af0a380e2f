package dev.aftertouch.analytics.projecting;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of an enrollment's timeline.
 *
 * @param factId a repeat of the fact has the same
 * @param details what the decision rested on and what else the fact tells, without personal data
 */
record Entry(
    EnrollmentKey enrollment,
    UUID factId,
    Instant occurredAt,
    String kind,
    @Nullable Integer number,
    @Nullable String channel,
    @Nullable Integer round,
    @Nullable String reason,
    @Nullable Instant until,
    Map<String, String> details) {
  /** Of two tellings of one fact the earlier: so the order of arrival does not matter. */
  Entry or(Entry other) {
    return other.occurredAt.isBefore(occurredAt) ? other : this;
  }
}
