package dev.aftertouch.analytics.telling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The lines of one enrollment's timeline, of the current business. */
@Repository
class Timelines {
  /** A fact as it was kept. */
  record Line(
      Instant at,
      String kind,
      @Nullable Integer number,
      @Nullable String channel,
      @Nullable Integer round,
      @Nullable String reason,
      @Nullable Instant until,
      @Nullable String campaign,
      Map<String, String> details) {}

  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Timelines(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** In the order of time; at the same time the beginning first and the end last. */
  List<Line> of(UUID business, UUID enrollment, int limit) {
    return jdbc.sql(
            """
            SELECT t.occurred_at, t.kind, t.number, t.channel, t.round, t.reason, t.until, c.name AS campaign,
                   t.details::text AS details
            FROM timeline_lines t
            LEFT JOIN campaigns c
              ON c.business_id = t.business_id AND t.kind = 'enrolled' AND c.campaign_id = (t.details ->> 'campaign_id')::uuid
            WHERE t.business_id = :business AND t.enrollment_id = :enrollment
            ORDER BY t.occurred_at, t.kind <> 'enrolled', t.kind IN ('stopped', 'completed'), t.number, t.round, t.fact_id
            LIMIT :limit
            """)
        .param("business", business)
        .param("enrollment", enrollment)
        .param("limit", limit)
        .query(this::line)
        .list();
  }

  /** The business's own zone; UTC while it is not known. */
  ZoneId zone(UUID business) {
    return jdbc.sql("SELECT time_zone FROM businesses WHERE business_id = :business")
        .param("business", business)
        .query(String.class)
        .optional()
        .map(ZoneId::of)
        .orElse(ZoneId.of("UTC"));
  }

  private Line line(ResultSet row, int index) throws SQLException {
    Timestamp until = row.getTimestamp("until");
    return new Line(
        row.getTimestamp("occurred_at").toInstant(),
        row.getString("kind"),
        row.getObject("number", Integer.class),
        row.getString("channel"),
        row.getObject("round", Integer.class),
        row.getString("reason"),
        until == null ? null : until.toInstant(),
        row.getString("campaign"),
        json.readValue(row.getString("details"), TEXTS));
  }
}
