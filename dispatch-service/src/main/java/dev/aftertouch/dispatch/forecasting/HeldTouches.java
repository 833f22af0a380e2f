package dev.aftertouch.dispatch.forecasting;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.Forecast.Waiting;
import dev.aftertouch.engine.gate.Pacing;
import dev.aftertouch.engine.gate.PacingCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the gate holds of the current business, and the slots that it has given away. */
final class HeldTouches {
  /**
   * What is held on one channel.
   *
   * @param heldOtherwise touches that wait for something else than a slot, such as a paused
   *     campaign: they are asked again and take a slot then
   */
  record Held(Waiting waiting, int heldOtherwise) {
    static final Held NOTHING = new Held(Waiting.NOBODY, 0);
  }

  private final JdbcClient jdbc;

  HeldTouches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * By channel, without those whose enrollment was stopped. Reads all touches of the business: they
   * have no index by state, which would make every settling dearer.
   *
   * @param stillGood a slot before this is no longer used
   * @param tooLate a touch that was held until before this is skipped when it comes back
   */
  Map<Channel, Held> byChannel(
      UUID business, @Nullable UUID campaign, Instant stillGood, Instant tooLate) {
    Map<Channel, Held> held = new EnumMap<>(Channel.class);
    jdbc.sql(
            """
            SELECT t.channel,
                   count(*) FILTER (WHERE t.slot_at = t.held_until AND t.held_until >= :stillGood) AS in_time,
                   max(t.held_until) FILTER (WHERE t.slot_at = t.held_until AND t.held_until >= :stillGood) AS latest,
                   count(*) FILTER (WHERE t.slot_at = t.held_until AND t.held_until < :stillGood) AS late,
                   count(*) FILTER (WHERE t.slot_at IS DISTINCT FROM t.held_until) AS otherwise
            FROM touches t
            WHERE t.business_id = :business AND t.state = 'deferred' AND t.held_until >= :tooLate
              AND (:campaign::uuid IS NULL OR t.campaign_id = :campaign)
              AND NOT EXISTS (
                SELECT 1 FROM stopped_enrollments s
                WHERE s.business_id = t.business_id AND s.enrollment_id = t.enrollment_id)
            GROUP BY t.channel
            """)
        .param("business", business)
        .param("campaign", campaign, Types.OTHER)
        .param("stillGood", Timestamp.from(stillGood))
        .param("tooLate", Timestamp.from(tooLate))
        .query(
            row -> {
              held.put(channel(row), held(row));
            });
    return held;
  }

  /** Copies of the ledgers as they stand. */
  Map<Channel, Pacing> ledgers(UUID business) {
    Map<Channel, Pacing> ledgers = new EnumMap<>(Channel.class);
    jdbc.sql("SELECT channel, ledger FROM pacing WHERE business_id = :business")
        .param("business", business)
        .query(
            row -> {
              ledgers.put(channel(row), PacingCodec.decode(row.getBytes("ledger")));
            });
    return ledgers;
  }

  private static Held held(ResultSet row) throws SQLException {
    Timestamp latest = row.getTimestamp("latest");
    return new Held(
        new Waiting(
            row.getInt("in_time"), latest == null ? null : latest.toInstant(), row.getInt("late")),
        row.getInt("otherwise"));
  }

  private static Channel channel(ResultSet row) throws SQLException {
    return Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT));
  }
}
