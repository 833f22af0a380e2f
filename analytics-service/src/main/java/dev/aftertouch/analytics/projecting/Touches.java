package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.Columns;
import dev.aftertouch.service.sql.RowType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of touches. */
@Repository
class Touches {
  private static final Moment[] MOMENTS = Moment.values();

  /** The earliest time of each thing, the first word of the rest. */
  private static final String MERGED =
      """
      version = coalesce(t.version, excluded.version),
      channel = coalesce(t.channel, excluded.channel),
      deferrals = greatest(t.deferrals, excluded.deferrals),
      skip_reason = CASE
        WHEN t.skip_reason IS NULL OR
             (excluded.skipped_at, excluded.skip_reason COLLATE "C") < (t.skipped_at, t.skip_reason COLLATE "C")
        THEN excluded.skip_reason ELSE t.skip_reason END,
      cancelled = t.cancelled AND
        coalesce(excluded.sent_at, excluded.failed_at, excluded.skipped_at, excluded.unknown_at) IS NULL,
      sent_at = least(t.sent_at, excluded.sent_at),
      failed_at = least(t.failed_at, excluded.failed_at),
      skipped_at = least(t.skipped_at, excluded.skipped_at),
      unknown_at = least(t.unknown_at, excluded.unknown_at),
      delivered_at = least(t.delivered_at, excluded.delivered_at),
      opened_at = least(t.opened_at, excluded.opened_at),
      clicked_at = least(t.clicked_at, excluded.clicked_at),
      replied_at = least(t.replied_at, excluded.replied_at),
      opted_out_at = least(t.opted_out_at, excluded.opted_out_at),
      bounced_at = least(t.bounced_at, excluded.bounced_at),
      complained_at = least(t.complained_at, excluded.complained_at)
      """;

  private static final String BEFORE_AND_AFTER =
      """
      RETURNING new.business_id, new.enrollment_id, new.number, new.campaign_id, old.number IS NOT NULL,
        old.version, old.channel, old.deferrals, old.skip_reason, old.cancelled,
        old.sent_at, old.failed_at, old.skipped_at, old.unknown_at, old.delivered_at, old.opened_at, old.clicked_at,
        old.replied_at, old.opted_out_at, old.bounced_at, old.complained_at,
        new.version, new.channel, new.deferrals, new.skip_reason, new.cancelled,
        new.sent_at, new.failed_at, new.skipped_at, new.unknown_at, new.delivered_at, new.opened_at, new.clicked_at,
        new.replied_at, new.opted_out_at, new.bounced_at, new.complained_at
      """;

  /** Of rows that are there: a third cheaper than an insert that turns out to be a change. */
  private static final String UPDATE =
      "UPDATE touches t SET\n"
          + MERGED
          + """
          FROM unnest(:seen::seen_touch[]) AS excluded
          WHERE t.business_id = excluded.business_id AND t.enrollment_id = excluded.enrollment_id AND t.number = excluded.number
          """
          + BEFORE_AND_AFTER;

  private static final String INSERT =
      """
      INSERT INTO touches AS t (
        business_id, enrollment_id, number, campaign_id, version, channel, deferrals, skip_reason,
        sent_at, failed_at, skipped_at, unknown_at, delivered_at, opened_at, clicked_at, replied_at, opted_out_at,
        bounced_at, complained_at)
      SELECT business_id, enrollment_id, number, campaign_id, version, channel, deferrals, skip_reason,
        sent_at, failed_at, skipped_at, unknown_at, delivered_at, opened_at, clicked_at, replied_at, opted_out_at,
        bounced_at, complained_at
      FROM unnest(:seen::seen_touch[])
      ON CONFLICT (business_id, enrollment_id, number) DO UPDATE SET
      """
          + MERGED
          + BEFORE_AND_AFTER;

  private static final RowType<Touch> SEEN = seen();

  private final JdbcClient jdbc;

  Touches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Merges what was seen into the rows. Each key once, in order. */
  List<Changed<Touch>> merge(Collection<Touch> seen) {
    List<Changed<Touch>> changed = new ArrayList<>(seen.size());
    Map<TouchKey, Touch> absent = new TreeMap<>();
    seen.forEach(touch -> absent.put(touch.key(), touch));
    List<Touch> perhapsThere = seen.stream().filter(touch -> !touch.isOnlyPlanned()).toList();
    if (!perhapsThere.isEmpty()) {
      changed.addAll(changed(UPDATE, perhapsThere));
      changed.forEach(change -> absent.remove(change.after().key()));
    }
    if (!absent.isEmpty()) {
      changed.addAll(changed(INSERT, absent.values()));
    }
    return changed;
  }

  private List<Changed<Touch>> changed(String statement, Collection<Touch> seen) {
    return jdbc.sql(statement).param("seen", SEEN.rows(seen)).query(Touches::changed).list();
  }

  private static RowType<Touch> seen() {
    RowType<Touch> type =
        RowType.<Touch>of("seen_touch")
            .uuid("business_id", touch -> touch.key().businessId())
            .uuid("enrollment_id", touch -> touch.key().enrollmentId())
            .int4("number", touch -> touch.key().number())
            .uuid("campaign_id", Touch::campaignId)
            .optionalInt4("version", Touch::version)
            .text("channel", Touch::channel)
            .int4("deferrals", Touch::deferrals)
            .text("skip_reason", Touch::skipReason);
    for (Moment moment : MOMENTS) {
      type.instant(moment.code() + "_at", touch -> touch.moments().get(moment));
    }
    return type;
  }

  /** Marks the touches without outcome of those of the enrollments that have ended. */
  List<Changed<Touch>> cancel(Collection<EnrollmentKey> enrollments) {
    if (enrollments.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            UPDATE touches t SET cancelled = true
            FROM unnest(:businesses, :enrollments) AS k (business_id, enrollment_id)
            JOIN enrollments e USING (business_id, enrollment_id)
            WHERE t.business_id = k.business_id AND t.enrollment_id = k.enrollment_id
              AND coalesce(e.stopped_at, e.completed_at) IS NOT NULL
              AND NOT t.cancelled AND coalesce(t.sent_at, t.failed_at, t.skipped_at, t.unknown_at) IS NULL
            """
                + BEFORE_AND_AFTER)
        .param("businesses", Columns.uuids(enrollments, EnrollmentKey::businessId))
        .param("enrollments", Columns.uuids(enrollments, EnrollmentKey::enrollmentId))
        .query(Touches::changed)
        .list();
  }

  private static Changed<Touch> changed(ResultSet row, int index) throws SQLException {
    TouchKey key =
        new TouchKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getInt(3));
    UUID campaign = row.getObject(4, UUID.class);
    boolean existed = row.getBoolean(5);
    int width = 5 + MOMENTS.length;
    return new Changed<>(
        existed ? touch(key, campaign, row, 6) : null, touch(key, campaign, row, 6 + width));
  }

  private static Touch touch(TouchKey key, UUID campaign, ResultSet row, int from)
      throws SQLException {
    Map<Moment, Instant> moments = new EnumMap<>(Moment.class);
    for (int i = 0; i < MOMENTS.length; i++) {
      java.sql.Timestamp time = row.getTimestamp(from + 5 + i);
      if (time != null) {
        moments.put(MOMENTS[i], time.toInstant());
      }
    }
    @Nullable Integer version = row.getObject(from, Integer.class);
    return new Touch(
        key,
        campaign,
        version,
        row.getString(from + 1),
        row.getInt(from + 2),
        row.getString(from + 3),
        row.getBoolean(from + 4),
        moments);
  }
}
