package dev.aftertouch.dispatch.messages;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The send log (MT-D4) of the current business. */
final class SendLog {
  /** One message; its id is the touch's. */
  record Entry(
      UUID id,
      UUID campaignId,
      UUID enrollmentId,
      UUID customerId,
      String stepId,
      int number,
      String channel,
      int round,
      String state,
      String reason,
      Instant scheduledAt,
      Instant dueAt,
      Instant decidedAt,
      @Nullable Instant heldUntil,
      @Nullable String provider,
      @Nullable String providerMessageId,
      @Nullable String providerCode,
      @Nullable Integer segments,
      @Nullable String address) {}

  /** A message with why it ended so and what was handed over. */
  record Detail(
      Entry message, String evidence, @Nullable String payloadHash, @Nullable String payload) {}

  /** What to list; null means all. */
  record Filter(
      @Nullable UUID campaign,
      @Nullable UUID enrollment,
      @Nullable UUID customer,
      @Nullable String channel,
      @Nullable String state) {}

  private static final String COLUMNS =
      """
      t.touch_id, t.campaign_id, t.enrollment_id, t.customer_id, t.step_id, t.number, t.channel, t.round, t.state, t.reason,
      t.scheduled_at, t.due_at, t.decided_at, t.held_until, t.provider, t.provider_message_id, t.provider_code, t.segments, t.address
      """;

  private final JdbcClient jdbc;
  private final Bundles bundles;

  SendLog(JdbcClient jdbc, Bundles bundles) {
    this.jdbc = jdbc;
    this.bundles = bundles;
  }

  List<Entry> page(UUID business, Filter filter, int limit, int offset) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                FROM touches t
                WHERE t.business_id = :business
                  AND (:campaign::uuid IS NULL OR t.campaign_id = :campaign::uuid)
                  AND (:enrollment::uuid IS NULL OR t.enrollment_id = :enrollment::uuid)
                  AND (:customer::uuid IS NULL OR t.customer_id = :customer::uuid)
                  AND (:channel::text IS NULL OR t.channel = :channel::text)
                  AND (:state::text IS NULL OR t.state = :state::text)
                ORDER BY t.first_decided_at DESC, t.touch_id LIMIT :limit OFFSET :offset
                """)
        .param("business", business)
        .param("campaign", text(filter.campaign()))
        .param("enrollment", text(filter.enrollment()))
        .param("customer", text(filter.customer()))
        .param("channel", filter.channel())
        .param("state", filter.state())
        .param("limit", limit)
        .param("offset", offset)
        .query((row, number) -> entry(row))
        .list();
  }

  Optional<Detail> find(UUID business, UUID id) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                , t.evidence::text AS evidence, t.payload_hash, t.attempt_id
                FROM touches t
                WHERE t.business_id = :business AND t.touch_id = :id
                """)
        .param("business", business)
        .param("id", id)
        .query(
            (row, number) ->
                new Detail(
                    entry(row),
                    row.getString("evidence"),
                    hex(row.getBytes("payload_hash")),
                    payload(business, row.getObject("attempt_id", UUID.class))))
        .optional();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getObject("touch_id", UUID.class),
        row.getObject("campaign_id", UUID.class),
        row.getObject("enrollment_id", UUID.class),
        row.getObject("customer_id", UUID.class),
        row.getString("step_id"),
        row.getInt("number"),
        row.getString("channel"),
        row.getInt("round"),
        row.getString("state"),
        row.getString("reason"),
        row.getTimestamp("scheduled_at").toInstant(),
        row.getTimestamp("due_at").toInstant(),
        row.getTimestamp("decided_at").toInstant(),
        instant(row.getTimestamp("held_until")),
        row.getString("provider"),
        row.getString("provider_message_id"),
        row.getString("provider_code"),
        row.getObject("segments", Integer.class),
        row.getString("address"));
  }

  private static @Nullable Instant instant(@Nullable Timestamp value) {
    return value == null ? null : value.toInstant();
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  private static @Nullable String hex(byte @Nullable [] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }

  private @Nullable String payload(UUID business, @Nullable UUID attempt) {
    FrozenMessage frozen = attempt == null ? null : bundles.find(business, attempt);
    return frozen == null ? null : frozen.text();
  }
}
