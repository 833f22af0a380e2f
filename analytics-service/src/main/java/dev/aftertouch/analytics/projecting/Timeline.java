package dev.aftertouch.analytics.projecting;

import java.util.Collection;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of timelines: added, and else only replaced by an earlier telling of the same fact. Of
 * erased customers' enrollments nothing is told any more.
 */
@Repository
class Timeline {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  Timeline(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Adds what is not there yet. Each key once, in order. */
  void add(Collection<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO timeline AS t (
              business_id, enrollment_id, fact_id, occurred_at, kind, number, channel, round, reason, until, details)
            SELECT business_id, enrollment_id, fact_id, timestamptz 'epoch' + occurred * interval '1 ms', kind, number, channel,
                   round, reason, timestamptz 'epoch' + until * interval '1 ms', details::json
            FROM unnest(:businesses, :enrollments, :facts, :occurred, :kinds, :numbers, :channels, :rounds, :reasons, :until,
                        :details)
              AS seen (business_id, enrollment_id, fact_id, occurred, kind, number, channel, round, reason, until, details)
            WHERE NOT EXISTS (
              SELECT FROM erased_enrollments e WHERE e.business_id = seen.business_id AND e.enrollment_id = seen.enrollment_id)
            ON CONFLICT (business_id, enrollment_id, fact_id) DO UPDATE SET
              occurred_at = excluded.occurred_at, kind = excluded.kind, number = excluded.number, channel = excluded.channel,
              round = excluded.round, reason = excluded.reason, until = excluded.until, details = excluded.details
            WHERE excluded.occurred_at < t.occurred_at
            """)
        .param("businesses", Columns.of("uuid", entries, entry -> entry.enrollment().businessId()))
        .param(
            "enrollments", Columns.of("uuid", entries, entry -> entry.enrollment().enrollmentId()))
        .param("facts", Columns.of("uuid", entries, Entry::factId))
        .param("occurred", Columns.ofTimes(entries, Entry::occurredAt))
        .param("kinds", Columns.of("text", entries, Entry::kind))
        .param("numbers", Columns.of("int4", entries, Entry::number))
        .param("channels", Columns.of("text", entries, Entry::channel))
        .param("rounds", Columns.of("int4", entries, Entry::round))
        .param("reasons", Columns.of("text", entries, Entry::reason))
        .param("until", Columns.ofTimes(entries, Entry::until))
        .param(
            "details",
            Columns.of(
                "text", entries, entry -> json.writeValueAsString(new TreeMap<>(entry.details()))))
        .update();
  }
}
