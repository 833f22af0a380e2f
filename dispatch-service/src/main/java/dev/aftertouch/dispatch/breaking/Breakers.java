package dev.aftertouch.dispatch.breaking;

import dev.aftertouch.engine.breaker.Breaker.Count;
import dev.aftertouch.engine.breaker.Breaker.State;
import dev.aftertouch.engine.definition.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The breakers of businesses and channels, with the figures they rest on. */
final class Breakers {
  /** Whose. */
  record Key(UUID business, Channel channel) {}

  /**
   * One as it stands.
   *
   * @param since when it came into its state
   * @param countedSince from when on messages count
   * @param resumedAt the last time that an owner let it go on; by whom and why likewise
   */
  record Standing(
      Channel channel,
      State state,
      Instant since,
      Count count,
      Instant countedSince,
      Instant judgedAt,
      @Nullable Instant resumedAt,
      @Nullable String resumedBy,
      @Nullable String note) {}

  private static final String COLUMNS =
      "channel, state, since, complaints, accepted, counted_since, judged_at, resumed_at, resumed_by, note";

  private final JdbcClient jdbc;

  Breakers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those with new complaints, and those that are not closed and were not looked at for a while.
   */
  List<Key> due(int limit) {
    return jdbc.sql(
            """
            SELECT business_id, channel FROM complaints WHERE NOT judged
            UNION
            SELECT business_id, channel FROM breakers WHERE state <> 'closed' AND next_look_at <= now()
            LIMIT :limit
            """)
        .param("limit", limit)
        .query((row, number) -> new Key(row.getObject("business_id", UUID.class), channel(row)))
        .list();
  }

  /** Locks it until the end of the transaction; one that was never judged is closed. */
  Standing lock(Key key, Instant now) {
    jdbc.sql(
            """
            INSERT INTO breakers (business_id, channel, state, since, complaints, accepted, counted_since, judged_at, next_look_at)
            VALUES (:business, :channel, 'closed', :now, 0, 0, :now, :now, now())
            ON CONFLICT (business_id, channel) DO NOTHING
            """)
        .param("business", key.business())
        .param("channel", key.channel().code())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM breakers WHERE business_id = :business AND channel = :channel FOR UPDATE")
        .param("business", key.business())
        .param("channel", key.channel().code())
        .query((row, number) -> read(row))
        .single();
  }

  /**
   * Messages that the provider took since then, and complaints about these. A touch may wait for
   * two weeks between the gate's first look and its leaving; what waits longer is not counted.
   */
  Count count(Key key, Instant since) {
    return jdbc.sql(
            """
            SELECT count(*) AS accepted, count(c.touch_id) AS complaints
            FROM touches t LEFT JOIN complaints c USING (business_id, touch_id)
            WHERE t.business_id = :business AND t.channel = :channel
              AND t.first_decided_at >= :since::timestamptz - interval '14 days' AND t.decided_at >= :since::timestamptz
              AND (t.state = 'accepted' OR c.touch_id IS NOT NULL)
            """)
        .param("business", key.business())
        .param("channel", key.channel().code())
        .param("since", since.toString())
        .query((row, number) -> new Count(row.getLong("complaints"), row.getLong("accepted")))
        .single();
  }

  /** Writes down what was counted and what follows. */
  void store(
      Key key, State state, Count count, Instant countedSince, Instant now, Duration lookAgain) {
    jdbc.sql(
            """
            UPDATE breakers
            SET since = CASE WHEN state = :state THEN since ELSE :now::timestamptz END, state = :state,
                complaints = :complaints, accepted = :accepted, counted_since = :countedSince::timestamptz,
                judged_at = :now::timestamptz, next_look_at = now() + make_interval(secs => :again)
            WHERE business_id = :business AND channel = :channel
            """)
        .param("state", state.code())
        .param("now", now.toString())
        .param("complaints", count.complaints())
        .param("accepted", count.accepted())
        .param("countedSince", countedSince.toString())
        .param("again", lookAgain.toMillis() / 1000.0)
        .param("business", key.business())
        .param("channel", key.channel().code())
        .update();
  }

  /** Closes one that is paused; false when it is not. */
  boolean resume(Key key, String by, String note, Instant now) {
    return jdbc.sql(
                """
                UPDATE breakers
                SET state = 'closed', since = :now, complaints = 0, accepted = 0, counted_since = :now, judged_at = :now,
                    resumed_at = :now, resumed_by = :by, note = :note
                WHERE business_id = :business AND channel = :channel AND state = 'paused'
                """)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("by", by)
            .param("note", note)
            .param("business", key.business())
            .param("channel", key.channel().code())
            .update()
        > 0;
  }

  /** Those of a business that were ever judged. */
  List<Standing> of(UUID business) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM breakers WHERE business_id = :business")
        .param("business", business)
        .query((row, number) -> read(row))
        .list();
  }

  private static Standing read(ResultSet row) throws SQLException {
    Timestamp resumedAt = row.getTimestamp("resumed_at");
    return new Standing(
        channel(row),
        State.of(row.getString("state")),
        row.getTimestamp("since").toInstant(),
        new Count(row.getLong("complaints"), row.getLong("accepted")),
        row.getTimestamp("counted_since").toInstant(),
        row.getTimestamp("judged_at").toInstant(),
        resumedAt == null ? null : resumedAt.toInstant(),
        row.getString("resumed_by"),
        row.getString("note"));
  }

  private static Channel channel(ResultSet row) throws SQLException {
    return Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT));
  }
}
