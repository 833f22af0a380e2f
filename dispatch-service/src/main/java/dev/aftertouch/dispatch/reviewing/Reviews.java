package dev.aftertouch.dispatch.reviewing;

import dev.aftertouch.dispatch.reviewing.ReviewTexts.Decision;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.AddressKeys;
import dev.aftertouch.engine.inbound.InboundText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queue of texts in doubt, with what was decided of each, when and by whom. */
final class Reviews {
  /**
   * A text in doubt.
   *
   * @param key of the number, also after the number itself was erased
   */
  record Review(
      UUID id,
      @Nullable UUID customer,
      byte[] key,
      @Nullable String address,
      @Nullable String body,
      String rule,
      Instant receivedAt,
      @Nullable String decision,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt) {}

  private static final String COLUMNS =
      "review_id, customer_id, address_key, address, body, rule, received_at, decision, decided_by, decided_at";

  private final JdbcClient jdbc;
  private final AddressKeys keys;

  Reviews(JdbcClient jdbc, AddressKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  void add(Address phone, @Nullable UUID customer, String body, InboundText read, Instant at) {
    jdbc.sql(
            """
            INSERT INTO reviews (business_id, customer_id, address_key, address, body, rule, version, received_at)
            VALUES (:business, :customer::uuid, :key, :address, :body, :rule, :version, :at)
            """)
        .param("business", phone.business())
        .param("customer", customer == null ? null : customer.toString())
        .param("key", keys.of(phone))
        .param("address", phone.value())
        .param("body", body.replace('\0', ' '))
        .param("rule", read.rule())
        .param("version", InboundText.VERSION)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Oldest first where they are open, else newest first. */
  List<Review> page(UUID business, boolean open, int limit, int offset) {
    String which =
        open
            ? "decision IS NULL ORDER BY received_at, review_id"
            : "decision IS NOT NULL ORDER BY decided_at DESC, review_id";
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM reviews WHERE business_id = :business AND "
                + which
                + " LIMIT :limit OFFSET :offset")
        .param("business", business)
        .param("limit", limit)
        .param("offset", offset)
        .query((row, number) -> read(row))
        .list();
  }

  Optional<Review> find(UUID business, UUID id) {
    return jdbc.sql(
            "SELECT " + COLUMNS + " FROM reviews WHERE business_id = :business AND review_id = :id")
        .param("business", business)
        .param("id", id)
        .query((row, number) -> read(row))
        .optional();
  }

  /** Writes the decision down; false when there is one already. */
  boolean decide(UUID business, UUID id, Decision decision, String by, Instant at) {
    return jdbc.sql(
                """
                UPDATE reviews SET decision = :decision, decided_by = :by, decided_at = :at
                WHERE business_id = :business AND review_id = :id AND decision IS NULL
                """)
            .param("decision", decision.name().toLowerCase(Locale.ROOT))
            .param("by", by)
            .param("at", at.atOffset(ZoneOffset.UTC))
            .param("business", business)
            .param("id", id)
            .update()
        > 0;
  }

  /** Whether another text of the same number waits. */
  boolean hasOpen(UUID business, byte[] key) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT 1 FROM reviews WHERE business_id = :business AND decision IS NULL AND address_key = :key)
            """)
        .param("business", business)
        .param("key", key)
        .query(Boolean.class)
        .single();
  }

  /**
   * Decides what nobody can read any more: a doubt that stands is an opt-out. Returns the keys of
   * the numbers.
   */
  List<byte[]> decideErased(UUID business, UUID customer, Instant at) {
    return jdbc.sql(
            """
            UPDATE reviews SET decision = 'opt_out', decided_by = 'erasure', decided_at = :at
            WHERE business_id = :business AND customer_id = :customer AND decision IS NULL
            RETURNING address_key
            """)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("business", business)
        .param("customer", customer)
        .query((row, number) -> row.getBytes("address_key"))
        .list();
  }

  /** Removes numbers and words of the customer's texts; returns how many texts there were. */
  int empty(UUID business, UUID customer) {
    return jdbc.sql(
            """
            UPDATE reviews SET address = NULL, body = NULL
            WHERE business_id = :business AND customer_id = :customer AND (address IS NOT NULL OR body IS NOT NULL)
            """)
        .param("business", business)
        .param("customer", customer)
        .update();
  }

  private static Review read(ResultSet row) throws SQLException {
    Timestamp decidedAt = row.getTimestamp("decided_at");
    return new Review(
        row.getObject("review_id", UUID.class),
        row.getObject("customer_id", UUID.class),
        row.getBytes("address_key"),
        row.getString("address"),
        row.getString("body"),
        row.getString("rule"),
        row.getTimestamp("received_at").toInstant(),
        row.getString("decision"),
        row.getString("decided_by"),
        decidedAt == null ? null : decidedAt.toInstant());
  }
}
