package dev.aftertouch.dispatch.messages;

import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.engine.definition.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the message that something came back for. */
public final class SentMessages {
  private static final String SELECT =
      """
      SELECT t.business_id, t.touch_id, t.attempt_id, t.enrollment_id, t.campaign_id, t.customer_id, t.step_id, t.number,
             t.channel, t.address, t.state IN ('claimed', 'unknown') AS is_open
      FROM touches t
      """;

  private final JdbcClient jdbc;
  private final Bundles bundles;

  SentMessages(JdbcClient jdbc, Bundles bundles) {
    this.jdbc = jdbc;
    this.bundles = bundles;
  }

  /** By our own id. The gate wrote it before the message left, so no webhook can be too early. */
  public Optional<SentMessage> ofAttempt(UUID business, UUID attempt) {
    FrozenMessage frozen = bundles.find(business, attempt);
    return frozen == null
        ? Optional.empty()
        : jdbc.sql(SELECT + "WHERE t.business_id = :business AND t.touch_id = :touch")
            .param("business", business)
            .param("touch", frozen.touch())
            .query((row, number) -> read(row, frozen))
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
                  AND t.provider_message_id = :message
                LIMIT 1
                """)
        .param("provider", provider.code())
        .param("message", messageId)
        .query((row, number) -> readLast(row))
        .optional()
        .flatMap(Function.identity());
  }

  /** The newest message of the channel to one of the customers. */
  public Optional<SentMessage> newest(UUID business, Collection<UUID> customers, Channel channel) {
    return jdbc.sql(
            SELECT
                + """
                WHERE t.business_id = :business AND t.customer_id = ANY (:customers::uuid[]) AND t.channel = :channel
                  AND t.attempt_id IS NOT NULL
                ORDER BY t.claimed_at DESC LIMIT 1
                """)
        .param("business", business)
        .param("customers", customers.stream().map(UUID::toString).toArray(String[]::new))
        .param("channel", channel.code())
        .query((row, number) -> readLast(row))
        .optional()
        .flatMap(Function.identity());
  }

  /** By the touch's last attempt; empty where its message is kept no more. */
  private Optional<SentMessage> readLast(ResultSet row) throws SQLException {
    FrozenMessage frozen =
        bundles.find(
            row.getObject("business_id", UUID.class), row.getObject("attempt_id", UUID.class));
    return frozen == null ? Optional.empty() : Optional.of(read(row, frozen));
  }

  private static SentMessage read(ResultSet row, FrozenMessage frozen) throws SQLException {
    return new SentMessage(
        row.getObject("business_id", UUID.class),
        row.getObject("touch_id", UUID.class),
        frozen.attempt(),
        row.getObject("enrollment_id", UUID.class),
        row.getObject("campaign_id", UUID.class),
        row.getObject("customer_id", UUID.class),
        row.getString("step_id"),
        row.getInt("number"),
        Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
        row.getString("address"),
        row.getBoolean("is_open"),
        frozen.linkNames(),
        frozen.linkTargets());
  }
}
