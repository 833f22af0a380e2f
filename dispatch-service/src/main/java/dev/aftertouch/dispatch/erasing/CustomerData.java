package dev.aftertouch.dispatch.erasing;

import dev.aftertouch.dispatch.messages.Bundles;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.AddressKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept of a customer here, of the current business. */
final class CustomerData {
  /** The customer as the gate knows it. */
  record Recipient(
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String email,
      @Nullable String phone,
      List<String> timeZones,
      @Nullable String region,
      String customFields) {}

  /** A touch with what was frozen for it. */
  record Message(
      UUID id,
      UUID enrollmentId,
      String stepId,
      String channel,
      String state,
      String reason,
      Instant decidedAt,
      @Nullable String address,
      String evidence,
      @Nullable String payload) {}

  record Feedback(String comment, Instant submittedAt) {}

  record Review(
      @Nullable String text,
      Instant receivedAt,
      @Nullable String decision,
      @Nullable String decidedBy) {}

  record Suppression(
      String channel, String reason, String source, Instant since, @Nullable Instant liftedAt) {}

  record Hit(String place, Instant at, String method, @Nullable String userAgent, String verdict) {}

  private final JdbcClient jdbc;
  private final Bundles bundles;
  private final AddressKeys keys;

  CustomerData(JdbcClient jdbc, Bundles bundles, AddressKeys keys) {
    this.jdbc = jdbc;
    this.bundles = bundles;
    this.keys = keys;
  }

  /** Empty for a customer never seen and for one that is erased. */
  Optional<Recipient> recipient(UUID business, UUID customer) {
    return jdbc.sql(
            """
            SELECT first_name, last_name, email, phone, time_zones, region, custom_fields::text FROM recipients
            WHERE business_id = :business AND customer_id = :customer AND NOT erased
            """)
        .params(Map.of("business", business, "customer", customer))
        .query(
            (row, number) ->
                new Recipient(
                    row.getString("first_name"),
                    row.getString("last_name"),
                    row.getString("email"),
                    row.getString("phone"),
                    List.of((String[]) row.getArray("time_zones").getArray()),
                    row.getString("region"),
                    row.getString("custom_fields")))
        .optional();
  }

  /** Oldest first. */
  List<Message> messages(UUID business, UUID customer) {
    Map<Bundles.Key, Bundles.Kept> kept =
        bundles.find(
            jdbc.sql(
                    """
                    SELECT attempt_id FROM touches
                    WHERE business_id = :business AND customer_id = :customer AND attempt_id IS NOT NULL
                    """)
                .params(Map.of("business", business, "customer", customer))
                .query((row, number) -> new Bundles.Key(business, row.getObject(1, UUID.class)))
                .list());
    return jdbc.sql(
            """
            SELECT t.touch_id, t.enrollment_id, t.step_id, t.channel, t.state, t.reason, t.decided_at, t.address,
                   t.evidence::text AS evidence, t.attempt_id
            FROM touches t
            WHERE t.business_id = :business AND t.customer_id = :customer ORDER BY t.decided_at, t.touch_id
            """)
        .params(Map.of("business", business, "customer", customer))
        .query(
            (row, number) ->
                new Message(
                    row.getObject("touch_id", UUID.class),
                    row.getObject("enrollment_id", UUID.class),
                    row.getString("step_id"),
                    row.getString("channel"),
                    row.getString("state"),
                    row.getString("reason"),
                    row.getTimestamp("decided_at").toInstant(),
                    row.getString("address"),
                    row.getString("evidence"),
                    payload(kept, business, row.getObject("attempt_id", UUID.class))))
        .list();
  }

  List<Feedback> feedback(UUID business, UUID customer) {
    return jdbc.sql(
            """
            SELECT comment, submitted_at FROM feedback
            WHERE business_id = :business AND customer_id = :customer ORDER BY submitted_at
            """)
        .params(Map.of("business", business, "customer", customer))
        .query(
            (row, number) ->
                new Feedback(
                    row.getString("comment"), row.getTimestamp("submitted_at").toInstant()))
        .list();
  }

  List<Review> reviews(UUID business, UUID customer) {
    return jdbc.sql(
            """
            SELECT body, received_at, decision, decided_by FROM reviews
            WHERE business_id = :business AND customer_id = :customer ORDER BY received_at
            """)
        .params(Map.of("business", business, "customer", customer))
        .query(
            (row, number) ->
                new Review(
                    row.getString("body"),
                    row.getTimestamp("received_at").toInstant(),
                    row.getString("decision"),
                    row.getString("decided_by")))
        .list();
  }

  /** Those of the customer's present addresses. */
  List<Suppression> suppressions(UUID business, Recipient recipient) {
    List<byte[]> hashes = new ArrayList<>();
    if (recipient.email() != null) {
      hashes.add(keys.of(Address.email(business, recipient.email())));
    }
    if (recipient.phone() != null) {
      hashes.add(keys.of(Address.phone(business, recipient.phone())));
    }
    return jdbc.sql(
            """
            SELECT channel, reason, source, since, lifted_at FROM suppressions
            WHERE business_id = :business AND channel IN ('email', 'sms') AND address_hash = ANY (:keys::bytea[])
            ORDER BY since
            """)
        .param("business", business)
        .param("keys", hashes.toArray(byte[][]::new))
        .query(
            (row, number) ->
                new Suppression(
                    row.getString("channel"),
                    row.getString("reason"),
                    row.getString("source"),
                    row.getTimestamp("since").toInstant(),
                    instant(row, "lifted_at")))
        .list();
  }

  /** Requests for links of the customer's messages. */
  List<Hit> hits(UUID business, UUID customer) {
    return jdbc.sql(
            """
            SELECT h.place, h.hit_at, h.method, h.user_agent, h.verdict
            FROM touches t JOIN link_hits h ON h.business_id = t.business_id AND h.attempt_id = t.attempt_id
            WHERE t.business_id = :business AND t.customer_id = :customer ORDER BY h.hit_at
            """)
        .params(Map.of("business", business, "customer", customer))
        .query(
            (row, number) ->
                new Hit(
                    row.getString("place"),
                    row.getTimestamp("hit_at").toInstant(),
                    row.getString("method"),
                    row.getString("user_agent"),
                    row.getString("verdict")))
        .list();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable String payload(
      Map<Bundles.Key, Bundles.Kept> kept, UUID business, @Nullable UUID attempt) {
    Bundles.Kept message = attempt == null ? null : kept.get(new Bundles.Key(business, attempt));
    return message == null ? null : message.message().text();
  }
}
