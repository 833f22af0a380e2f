package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.RowType;
import java.util.Collection;
import java.util.TreeMap;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of timelines: added, and else only replaced by an earlier telling of the same fact. That
 * a touch was sent is told by the touch's own row ({@link Sending}).
 */
@Repository
class Timeline {
  private static final String ADD =
      """
      INSERT INTO timeline (
        business_id, enrollment_id, fact_id, occurred_at, kind, number, channel, round, reason, until, details)
      SELECT business_id, enrollment_id, fact_id, occurred, kind, number, channel, round, reason, until, details::json
      FROM unnest(:entries::timeline_entry[]) AS seen
      """;

  private final JdbcClient jdbc;
  private final RowType<Entry> type;

  Timeline(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.type =
        RowType.<Entry>of("timeline_entry")
            .uuid("business_id", entry -> entry.enrollment().businessId())
            .uuid("enrollment_id", entry -> entry.enrollment().enrollmentId())
            .uuid("fact_id", Entry::factId)
            .instant("occurred", Entry::occurredAt)
            .text("kind", Entry::kind)
            .optionalInt4("number", Entry::number)
            .text("channel", Entry::channel)
            .optionalInt4("round", Entry::round)
            .text("reason", Entry::reason)
            .instant("until", Entry::until)
            .text("details", entry -> json.writeValueAsString(new TreeMap<>(entry.details())));
  }

  /**
   * Adds facts that nobody has told before. Each key once, in order.
   *
   * @throws DuplicateKeyException one of them was told before
   */
  void add(Collection<Entry> entries) {
    if (!entries.isEmpty()) {
      of(ADD, entries).update();
    }
  }

  /**
   * Adds what is not there yet; of two tellings the earlier stays. Each key once, in order. The
   * lane of their customers is locked, so that nobody else adds the same meanwhile.
   */
  void addPerhapsAgain(Collection<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    int added =
        of(
                ADD
                    + """
                    WHERE NOT EXISTS (
                      SELECT FROM timeline t
                      WHERE t.business_id = seen.business_id AND t.enrollment_id = seen.enrollment_id AND t.fact_id = seen.fact_id)
                    """,
                entries)
            .update();
    if (added < entries.size()) {
      of(
              """
              UPDATE timeline t SET
                occurred_at = seen.occurred, kind = seen.kind, number = seen.number, channel = seen.channel, round = seen.round,
                reason = seen.reason, until = seen.until, details = seen.details::json
              FROM unnest(:entries::timeline_entry[]) AS seen
              WHERE t.business_id = seen.business_id AND t.enrollment_id = seen.enrollment_id AND t.fact_id = seen.fact_id
                AND seen.occurred < t.occurred_at
              """,
              entries)
          .update();
    }
  }

  private JdbcClient.StatementSpec of(String statement, Collection<Entry> entries) {
    return jdbc.sql(statement).param("entries", type.rows(entries));
  }
}
