package dev.aftertouch.dispatch.breaking;

import dev.aftertouch.engine.definition.Channel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** E-mails that were reported as spam, and texts that a carrier filtered. */
public final class Complaints {
  private final JdbcClient jdbc;

  Complaints(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps one, in the caller's transaction; a repeat changes nothing. */
  public void add(UUID business, UUID touch, Channel channel, Instant at) {
    jdbc.sql(
            """
            INSERT INTO complaints (business_id, touch_id, channel, complained_at)
            VALUES (:business, :touch, :channel, :at)
            ON CONFLICT (business_id, touch_id) DO NOTHING
            """)
        .param("business", business)
        .param("touch", touch)
        .param("channel", channel.code())
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Takes note that all so far are about to be counted. */
  void markJudged(Breakers.Key key) {
    jdbc.sql(
            """
            UPDATE complaints SET judged = true
            WHERE business_id = :business AND channel = :channel AND NOT judged
            """)
        .param("business", key.business())
        .param("channel", key.channel().code())
        .update();
  }
}
