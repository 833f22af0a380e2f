package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.Columns;
import dev.aftertouch.service.sql.RowType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of touches. */
@Repository
class Touches implements MergedRows<TouchKey, Touch> {
  private static final Moment[] MOMENTS = Moment.values();

  /** Where in {@link #COLUMNS} they begin, and what follows after the last. */
  private static final int FIRST_MOMENT = 10;

  private static final int SENDING = FIRST_MOMENT + MOMENTS.length;
  private static final int PLACE = SENDING + 5;

  private static final String COLUMNS =
      """
      business_id, enrollment_id, number, campaign_id, version, channel, deferrals, skip_reason, cancelled,
      sent_at, failed_at, skipped_at, unknown_at, delivered_at, opened_at, clicked_at, replied_at, opted_out_at,
      bounced_at, complained_at, sent_round, sent_step_id, sent_provider, sent_payload_hash, sent_segments
      """;

  private static final String UPDATE =
      """
      UPDATE touches t SET
        version = n.version, channel = n.channel, deferrals = n.deferrals, skip_reason = n.skip_reason,
        cancelled = n.cancelled, sent_at = n.sent_at, failed_at = n.failed_at, skipped_at = n.skipped_at,
        unknown_at = n.unknown_at, delivered_at = n.delivered_at, opened_at = n.opened_at, clicked_at = n.clicked_at,
        replied_at = n.replied_at, opted_out_at = n.opted_out_at, bounced_at = n.bounced_at,
        complained_at = n.complained_at, sent_round = n.sent_round, sent_step_id = n.sent_step_id,
        sent_provider = n.sent_provider, sent_payload_hash = n.sent_payload_hash, sent_segments = n.sent_segments
      """;

  private static final RowType<TouchKey> KEY =
      RowType.<TouchKey>of("touch_key")
          .uuid("business_id", TouchKey::businessId)
          .uuid("enrollment_id", TouchKey::enrollmentId)
          .int4("number", TouchKey::number);

  private static final RowType<Placed<Touch>> ROW = rowType();

  private final JdbcClient jdbc;

  Touches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private static RowType<Placed<Touch>> rowType() {
    RowType<Placed<Touch>> type =
        RowType.<Placed<Touch>>of("touch_row")
            .text("place", Placed::place)
            .uuid("business_id", touch -> touch.row().key().businessId())
            .uuid("enrollment_id", touch -> touch.row().key().enrollmentId())
            .int4("number", touch -> touch.row().key().number())
            .uuid("campaign_id", touch -> touch.row().campaignId())
            .optionalInt4("version", touch -> touch.row().version())
            .text("channel", touch -> touch.row().channel())
            .int4("deferrals", touch -> touch.row().deferrals())
            .text("skip_reason", touch -> touch.row().skipReason())
            .flag("cancelled", touch -> touch.row().cancelled());
    for (Moment moment : MOMENTS) {
      type.instant(moment.code() + "_at", touch -> touch.row().moments().get(moment));
    }
    return type.optionalInt4("sent_round", ofSending(Sending::round))
        .text("sent_step_id", ofSending(Sending::stepId))
        .text("sent_provider", ofSending(Sending::provider))
        .text("sent_payload_hash", ofSending(Sending::payloadHash))
        .optionalInt4("sent_segments", ofSending(Sending::segments));
  }

  private static <V> Function<Placed<Touch>, @Nullable V> ofSending(
      Function<Sending, @Nullable V> part) {
    return touch -> {
      Sending sending = touch.row().sending();
      return sending == null ? null : part.apply(sending);
    };
  }

  @Override
  public TouchKey key(Touch touch) {
    return touch.key();
  }

  @Override
  public Touch merged(Touch touch, Touch seen) {
    return touch.and(seen);
  }

  /**
   * As a rule the first thing that happens to a touch finds its row as the plan has made it. A row
   * that another lane has just changed is compared as that has left it.
   *
   * <p>CASE keeps the comparison from being taken for a search: before the tables were analysed for
   * the first time, the server expected one row to pass it and began there, reading the whole table
   * and for each row all that was seen.
   */
  @Override
  public List<Changed<Touch>> mergeUnread(Collection<Touch> seen) {
    List<Changed<Touch>> expected =
        seen.stream()
            .flatMap(
                touch ->
                    touch.asPlanned().stream()
                        .map(planned -> new Changed<>(planned, merged(planned, touch))))
            .toList();
    if (expected.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            UPDATE
                + """
                FROM unnest(:touches::touch_row[]) WITH ORDINALITY AS n
                WHERE t.business_id = n.business_id AND t.enrollment_id = n.enrollment_id AND t.number = n.number
                  AND CASE WHEN
                    t.campaign_id = n.campaign_id AND t.version = n.version AND t.channel = n.channel
                    AND t.deferrals = 0 AND t.skip_reason IS NULL AND NOT t.cancelled
                    AND coalesce(t.sent_at, t.failed_at, t.skipped_at, t.unknown_at, t.delivered_at, t.opened_at, t.clicked_at,
                                 t.replied_at, t.opted_out_at, t.bounced_at, t.complained_at) IS NULL
                  THEN true END
                RETURNING n.ordinality
                """)
        .param("touches", ROW.rows(after(expected)))
        .query((row, index) -> expected.get(row.getInt(1) - 1))
        .list();
  }

  private static List<Placed<Touch>> after(List<Changed<Touch>> changes) {
    return changes.stream().map(change -> new Placed<>(null, change.after())).toList();
  }

  @Override
  public Map<TouchKey, Placed<Touch>> read(Collection<Touch> seen) {
    Map<TouchKey, Placed<Touch>> there = HashMap.newHashMap(seen.size());
    jdbc.sql(
            "SELECT %s, t.ctid::text FROM unnest(:keys::touch_key[]) JOIN touches t USING (business_id, enrollment_id, number)"
                .formatted(COLUMNS))
        .param("keys", KEY.rows(seen.stream().map(Touch::key).toList()))
        .query(
            row -> {
              Touch touch = touch(row);
              there.put(touch.key(), new Placed<>(row.getString(PLACE), touch));
            });
    return there;
  }

  @Override
  public void add(List<Placed<Touch>> touches) {
    jdbc.sql(
            "INSERT INTO touches (%1$s) SELECT %1$s FROM unnest(:touches::touch_row[])"
                .formatted(COLUMNS))
        .param("touches", ROW.rows(touches))
        .update();
  }

  @Override
  public int replace(List<Placed<Touch>> touches) {
    return jdbc.sql(UPDATE + "FROM unnest(:touches::touch_row[]) AS n WHERE t.ctid = n.place::tid")
        .param("touches", ROW.rows(touches))
        .update();
  }

  /** Marks the touches without outcome of those of the enrollments that have ended. */
  List<Changed<Touch>> cancel(Collection<EnrollmentKey> enrollments) {
    if (enrollments.isEmpty()) {
      return List.of();
    }
    return jdbc
        .sql(
            """
            UPDATE touches t SET cancelled = true
            FROM unnest(:businesses, :enrollments) AS k (business_id, enrollment_id)
            JOIN enrollments e USING (business_id, enrollment_id)
            WHERE t.business_id = k.business_id AND t.enrollment_id = k.enrollment_id
              AND coalesce(e.stopped_at, e.completed_at) IS NOT NULL
              AND NOT t.cancelled AND coalesce(t.sent_at, t.failed_at, t.skipped_at, t.unknown_at) IS NULL
            RETURNING t.business_id, t.enrollment_id, t.number, t.campaign_id, t.version, t.channel, t.deferrals, t.skip_reason,
              t.cancelled, t.sent_at, t.failed_at, t.skipped_at, t.unknown_at, t.delivered_at, t.opened_at, t.clicked_at,
              t.replied_at, t.opted_out_at, t.bounced_at, t.complained_at, t.sent_round, t.sent_step_id, t.sent_provider,
              t.sent_payload_hash, t.sent_segments
            """)
        .param("businesses", Columns.uuids(enrollments, EnrollmentKey::businessId))
        .param("enrollments", Columns.uuids(enrollments, EnrollmentKey::enrollmentId))
        .query((row, index) -> touch(row))
        .list()
        .stream()
        .map(touch -> new Changed<>(touch.uncancelled(), touch))
        .toList();
  }

  private static Touch touch(ResultSet row) throws SQLException {
    Map<Moment, Instant> moments = new EnumMap<>(Moment.class);
    for (int i = 0; i < MOMENTS.length; i++) {
      Timestamp time = row.getTimestamp(FIRST_MOMENT + i);
      if (time != null) {
        moments.put(MOMENTS[i], time.toInstant());
      }
    }
    @Nullable Integer version = row.getObject(5, Integer.class);
    return new Touch(
        new TouchKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getInt(3)),
        row.getObject(4, UUID.class),
        version,
        row.getString(6),
        row.getInt(7),
        row.getString(8),
        row.getBoolean(9),
        moments,
        sending(row));
  }

  private static @Nullable Sending sending(ResultSet row) throws SQLException {
    Integer round = row.getObject(SENDING, Integer.class);
    return round == null
        ? null
        : new Sending(
            round,
            row.getString(SENDING + 1),
            row.getString(SENDING + 2),
            row.getString(SENDING + 3),
            row.getObject(SENDING + 4, Integer.class));
  }
}
