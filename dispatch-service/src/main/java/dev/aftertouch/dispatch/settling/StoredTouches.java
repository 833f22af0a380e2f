package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.dispatch.settling.StoredTouch.Attempt;
import dev.aftertouch.dispatch.settling.StoredTouch.Identity;
import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.service.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads touches back, to answer a repeat with what was answered before. */
public final class StoredTouches {
  static final String COLUMNS =
      """
      t.business_id, t.touch_id, t.enrollment_id, t.campaign_id, t.version, t.customer_id, t.step_id, t.number, t.channel,
      t.round, t.scheduled_at, t.due_at, t.state, t.reason, t.evidence::text AS evidence, t.decided_at, t.held_until, t.slot_at,
      t.attempt_id, t.provider, t.address, t.payload_hash, t.segments, t.provider_message_id, t.provider_code
      """;

  static final RowMapper<StoredTouch> ROW = (row, number) -> read(row);

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> EVIDENCE = new TypeReference<>() {};

  private final JdbcClient jdbc;

  StoredTouches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of the touches that were decided before. */
  public Map<Key, StoredTouch> find(Collection<Key> keys) {
    Map<Key, StoredTouch> found = new HashMap<>();
    jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                FROM unnest(:businesses, :touches) AS k (business_id, touch_id)
                JOIN touches t USING (business_id, touch_id)
                """)
        .param("businesses", Columns.uuids(keys, Key::business))
        .param("touches", Columns.uuids(keys, Key::touch))
        .query(ROW)
        .list()
        .forEach(touch -> found.put(touch.key(), touch));
    return found;
  }

  private static StoredTouch read(ResultSet row) throws SQLException {
    String evidence = row.getString("evidence");
    return new StoredTouch(
        new Identity(
            uuid(row, "business_id"),
            uuid(row, "touch_id"),
            uuid(row, "enrollment_id"),
            uuid(row, "campaign_id"),
            row.getInt("version"),
            null,
            uuid(row, "customer_id"),
            row.getString("step_id"),
            row.getInt("number"),
            Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT))),
        row.getInt("round"),
        row.getTimestamp("scheduled_at").toInstant(),
        row.getTimestamp("due_at").toInstant(),
        TouchState.of(row.getString("state")),
        row.getString("reason"),
        evidence.length() <= 2 ? Map.of() : JSON.readValue(evidence, EVIDENCE),
        row.getTimestamp("decided_at").toInstant(),
        instant(row, "held_until"),
        instant(row, "slot_at"),
        row.getObject("attempt_id") == null ? null : attempt(row));
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        uuid(row, "attempt_id"),
        ProviderName.of(row.getString("provider")),
        row.getString("address"),
        row.getBytes("payload_hash"),
        row.getObject("segments", Integer.class),
        row.getString("provider_message_id"),
        row.getString("provider_code"));
  }

  private static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
