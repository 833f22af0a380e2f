package dev.aftertouch.dispatch.suppressing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Suppressed addresses. Of a stop and a reopening the later one holds, in whatever order they
 * arrive; at the same instant the stop does. A stop replaces a hold whenever it came.
 */
public final class Suppressions {
  /** One row, for people. */
  record Row(
      String channel,
      @Nullable String address,
      String reason,
      String source,
      Instant since,
      @Nullable Instant liftedAt) {}

  private static final List<String> LIFTED_BY_RECIPIENT =
      Arrays.stream(SuppressionReason.values())
          .filter(SuppressionReason::isLiftedByRecipient)
          .map(SuppressionReason::code)
          .toList();

  private final JdbcClient jdbc;
  private final AddressKeys keys;

  Suppressions(JdbcClient jdbc, AddressKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /** Those of the addresses that stand suppressed, with the reason's code. For the gate. */
  public Map<Address, String> among(List<Address> addresses) {
    if (addresses.isEmpty()) {
      return Map.of();
    }
    Map<String, Address> byKey = HashMap.newHashMap(addresses.size());
    String[] businesses = new String[addresses.size()];
    String[] channels = new String[addresses.size()];
    byte[][] hashes = new byte[addresses.size()][];
    for (int i = 0; i < addresses.size(); i++) {
      Address address = addresses.get(i);
      businesses[i] = address.business().toString();
      channels[i] = address.channel().code();
      hashes[i] = keys.of(address);
      byKey.put(HexFormat.of().formatHex(hashes[i]), address);
    }
    Map<Address, String> standing = new HashMap<>();
    jdbc.sql(
            """
            SELECT s.address_hash, s.reason
            FROM unnest(:businesses::uuid[], :channels::text[], :hashes::bytea[]) AS a (business_id, channel, address_hash)
            JOIN suppressions s USING (business_id, channel, address_hash)
            WHERE s.lifted_at IS NULL
            """)
        .param("businesses", businesses)
        .param("channels", channels)
        .param("hashes", hashes)
        .query(
            row -> {
              Address address = byKey.get(HexFormat.of().formatHex(row.getBytes("address_hash")));
              if (address != null) {
                standing.put(address, row.getString("reason"));
              }
            });
    return standing;
  }

  /** Suppresses the address; tells whether that changed anything. */
  boolean suppress(Address address, SuppressionReason reason, String source, Instant since) {
    return jdbc.sql(
                """
                INSERT INTO suppressions (business_id, channel, address_hash, address, reason, source, since)
                VALUES (:business, :channel, :hash, :address, :reason, :source, :since)
                ON CONFLICT (business_id, channel, address_hash) DO UPDATE
                SET address = excluded.address, reason = excluded.reason, source = excluded.source,
                    since = excluded.since, lifted_at = NULL
                WHERE suppressions.lifted_at <= excluded.since OR suppressions.reason = 'in_review'
                """)
            .param("business", address.business())
            .param("channel", address.channel().code())
            .param("hash", keys.of(address))
            .param("address", address.value())
            .param("reason", reason.code())
            .param("source", source)
            .param("since", since.atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  /** Waits for the others who hold or release the address. */
  void lock(Address address) {
    jdbc.sql(
            """
            SELECT 1 FROM suppressions
            WHERE business_id = :business AND channel = :channel AND address_hash = :hash FOR UPDATE
            """)
        .param("business", address.business())
        .param("channel", address.channel().code())
        .param("hash", keys.of(address))
        .query(Integer.class)
        .optional();
  }

  /** Ends the holds of one source. */
  void release(UUID business, String source, Instant at) {
    jdbc.sql(
            """
            UPDATE suppressions SET lifted_at = greatest(:at::timestamptz, since + interval '1 microsecond')
            WHERE business_id = :business AND reason = 'in_review' AND source = :source AND lifted_at IS NULL
            """)
        .param("at", at.toString())
        .param("business", business)
        .param("source", source)
        .update();
  }

  /** Reopens the address by its recipient's own word; tells whether that changed anything. */
  boolean lift(Address address, Instant at) {
    return jdbc.sql(
                """
                UPDATE suppressions SET lifted_at = :at
                WHERE business_id = :business AND channel = :channel AND address_hash = :hash
                  AND lifted_at IS NULL AND since < :at AND reason = ANY (:reasons)
                """)
            .param("at", at.atOffset(ZoneOffset.UTC))
            .param("business", address.business())
            .param("channel", address.channel().code())
            .param("hash", keys.of(address))
            .param("reasons", LIFTED_BY_RECIPIENT.toArray(String[]::new))
            .update()
        > 0;
  }

  /** Whether the address stands suppressed. */
  public boolean isSuppressed(Address address) {
    return among(List.of(address)).containsKey(address);
  }

  /** Of the current business, newest first. */
  List<Row> page(UUID business, int limit, int offset) {
    return jdbc.sql(
            """
            SELECT channel, address, reason, source, since, lifted_at FROM suppressions
            WHERE business_id = :business
            ORDER BY since DESC, channel, address_hash LIMIT :limit OFFSET :offset
            """)
        .param("business", business)
        .param("limit", limit)
        .param("offset", offset)
        .query(
            (row, number) ->
                new Row(
                    row.getString("channel"),
                    row.getString("address"),
                    row.getString("reason"),
                    row.getString("source"),
                    row.getTimestamp("since").toInstant(),
                    row.getTimestamp("lifted_at") == null
                        ? null
                        : row.getTimestamp("lifted_at").toInstant()))
        .list();
  }
}
