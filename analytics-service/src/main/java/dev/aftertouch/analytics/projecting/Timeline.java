package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.Columns;
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
  private static final String SEEN =
      """
      FROM unnest(:businesses, :enrollments, :facts, :occurred, :kinds, :numbers, :channels, :rounds, :reasons, :until, :details)
        AS seen (business_id, enrollment_id, fact_id, occurred, kind, number, channel, round, reason, until, details)
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Timeline(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * Adds what is not there yet. Each key once, in order. The lane of their customers is locked, so
   * that nobody else adds the same meanwhile.
   */
  void add(Collection<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    int added =
        of(
                """
                INSERT INTO timeline (
                  business_id, enrollment_id, fact_id, occurred_at, kind, number, channel, round, reason, until, details)
                SELECT business_id, enrollment_id, fact_id, occurred, kind, number, channel, round, reason, until, details::json
                """
                    + SEEN
                    + """
                WHERE NOT EXISTS (
                  SELECT FROM timeline t
                  WHERE t.business_id = seen.business_id AND t.enrollment_id = seen.enrollment_id AND t.fact_id = seen.fact_id)
                AND NOT EXISTS (
                  SELECT FROM erased_enrollments e
                  WHERE e.business_id = seen.business_id AND e.enrollment_id = seen.enrollment_id)
                """,
                entries)
            .update();
    if (added < entries.size()) {
      of(
              """
              UPDATE timeline t SET
                occurred_at = seen.occurred, kind = seen.kind, number = seen.number, channel = seen.channel, round = seen.round,
                reason = seen.reason, until = seen.until, details = seen.details::json
              """
                  + SEEN
                  + """
              WHERE t.business_id = seen.business_id AND t.enrollment_id = seen.enrollment_id AND t.fact_id = seen.fact_id
                AND seen.occurred < t.occurred_at
              """,
              entries)
          .update();
    }
  }

  private JdbcClient.StatementSpec of(String statement, Collection<Entry> entries) {
    return jdbc.sql(statement)
        .param("businesses", Columns.uuids(entries, entry -> entry.enrollment().businessId()))
        .param("enrollments", Columns.uuids(entries, entry -> entry.enrollment().enrollmentId()))
        .param("facts", Columns.uuids(entries, Entry::factId))
        .param("occurred", Columns.instants(entries, Entry::occurredAt))
        .param("kinds", Columns.texts(entries, Entry::kind))
        .param("numbers", Columns.optionalInts(entries, Entry::number))
        .param("channels", Columns.texts(entries, Entry::channel))
        .param("rounds", Columns.optionalInts(entries, Entry::round))
        .param("reasons", Columns.texts(entries, Entry::reason))
        .param("until", Columns.instants(entries, Entry::until))
        .param(
            "details",
            Columns.texts(
                entries, entry -> json.writeValueAsString(new TreeMap<>(entry.details()))));
  }
}
