package dev.aftertouch.dispatch.messages;

import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.engine.definition.Channel;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the message that something came back for. */
public final class SentMessages {
  private static final String SELECT =
      """
      SELECT p.business_id, p.touch_id, p.attempt_id, t.enrollment_id, t.campaign_id, t.customer_id, t.step_id, t.number,
             t.channel, t.address, t.state IN ('claimed', 'unknown') AS is_open, p.link_names, p.link_targets
      FROM payloads p JOIN touches t USING (business_id, touch_id)
      """;

  private final JdbcClient jdbc;

  SentMessages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** By our own id. The gate wrote it before the message left, so no webhook can be too early. */
  public Optional<SentMessage> ofAttempt(UUID business, UUID attempt) {
    return jdbc.sql(SELECT + "WHERE p.business_id = :business AND p.attempt_id = :attempt")
        .param("business", business)
        .param("attempt", attempt)
        .query((row, number) -> read(row))
        .optional();
  }

  /**
   * By the provider's id, among the messages of the last three days. The id has no index, since
   * that would make every settling dearer for the sake of messages whose tags were lost.
   */
  public Optional<SentMessage> ofProviderMessage(ProviderName provider, String messageId) {
    return jdbc.sql(
            SELECT
                + """
                WHERE t.claimed_at > now() - interval '3 days' AND t.provider = :provider
                  AND t.provider_message_id = :message AND p.attempt_id = t.attempt_id
                LIMIT 1
                """)
        .param("provider", provider.code())
        .param("message", messageId)
        .query((row, number) -> read(row))
        .optional();
  }

  /** The newest message of the channel to one of the customers. */
  public Optional<SentMessage> newest(UUID business, Collection<UUID> customers, Channel channel) {
    return jdbc.sql(
            SELECT
                + """
                WHERE t.business_id = :business AND t.customer_id = ANY (:customers::uuid[]) AND t.channel = :channel
                  AND p.attempt_id = t.attempt_id
                ORDER BY t.claimed_at DESC LIMIT 1
                """)
        .param("business", business)
        .param("customers", customers.stream().map(UUID::toString).toArray(String[]::new))
        .param("channel", channel.code())
        .query((row, number) -> read(row))
        .optional();
  }

  private static SentMessage read(ResultSet row) throws SQLException {
    return new SentMessage(
        row.getObject("business_id", UUID.class),
        row.getObject("touch_id", UUID.class),
        row.getObject("attempt_id", UUID.class),
        row.getObject("enrollment_id", UUID.class),
        row.getObject("campaign_id", UUID.class),
        row.getObject("customer_id", UUID.class),
        row.getString("step_id"),
        row.getInt("number"),
        Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
        row.getString("address"),
        row.getBoolean("is_open"),
        texts(row.getArray("link_names")),
        texts(row.getArray("link_targets")));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
