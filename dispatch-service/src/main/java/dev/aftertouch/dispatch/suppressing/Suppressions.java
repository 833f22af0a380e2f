package dev.aftertouch.dispatch.suppressing;

import dev.aftertouch.dispatch.ledger.ConsentLedger;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.engine.consent.ConsentChain.Head;
import dev.aftertouch.engine.consent.ConsentFact;
import dev.aftertouch.engine.consent.ConsentKind;
import dev.aftertouch.engine.consent.Standing;
import dev.aftertouch.engine.consent.Standing.Bar;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.service.sql.Columns;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Suppressed addresses, each for all purposes or for one. Of a stop and a reopening the later one
 * holds, in whatever order they arrive; at the same instant the stop does. A stop replaces a hold
 * whenever it came.
 *
 * <p>Each change is written into the business's consent ledger, in the same transaction. The ledger
 * is locked before any row here is.
 */
public final class Suppressions {
  /** One row, for people. */
  record Row(
      String channel,
      @Nullable String address,
      String purpose,
      String reason,
      String source,
      Instant since,
      @Nullable Instant liftedAt) {}

  private static final HexFormat HEX = HexFormat.of();

  private final JdbcClient jdbc;
  private final AddressKeys keys;
  private final ConsentLedger ledger;

  Suppressions(JdbcClient jdbc, AddressKeys keys, ConsentLedger ledger) {
    this.jdbc = jdbc;
    this.keys = keys;
    this.ledger = ledger;
  }

  /** What stands against those of the addresses that are suppressed. For the gate. */
  public Map<Address, Standing> among(List<Address> addresses) {
    if (addresses.isEmpty()) {
      return Map.of();
    }
    Map<ByteBuffer, Address> byKey = HashMap.newHashMap(addresses.size());
    Map<Address, byte[]> hashes = HashMap.newHashMap(addresses.size());
    for (Address address : addresses) {
      byte[] hash = keys.of(address);
      hashes.put(address, hash);
      byKey.put(ByteBuffer.wrap(hash), address);
    }
    Map<Address, List<Bar>> bars = new HashMap<>();
    jdbc.sql(
            """
            SELECT s.address_hash, s.purpose, s.reason
            FROM unnest(:businesses, :channels, :hashes) AS a (business_id, channel, address_hash)
            JOIN suppressions s USING (business_id, channel, address_hash)
            WHERE s.lifted_at IS NULL
            """)
        .param("businesses", Columns.uuids(addresses, Address::business))
        .param("channels", Columns.texts(addresses, address -> address.channel().code()))
        .param("hashes", Columns.blobs(addresses, hashes::get))
        .query(
            row -> {
              Address address = byKey.get(ByteBuffer.wrap(row.getBytes("address_hash")));
              if (address != null) {
                bars.computeIfAbsent(address, ignored -> new ArrayList<>())
                    .add(
                        new Bar(
                            Purpose.of(row.getString("purpose")).orElse(null),
                            row.getString("reason")));
              }
            });
    Map<Address, Standing> standing = HashMap.newHashMap(bars.size());
    bars.forEach((address, list) -> standing.put(address, new Standing(list)));
    return standing;
  }

  /** What stands against the address. */
  public Standing standing(Address address) {
    return among(List.of(address)).getOrDefault(address, Standing.CLEAR);
  }

  /** Whether the address stands suppressed for all purposes. */
  public boolean isSuppressed(Address address) {
    return standing(address).holds(null);
  }

  /**
   * Suppresses the address; tells whether that changed anything.
   *
   * @param purpose null means all purposes
   */
  boolean suppress(
      Address address, @Nullable Purpose purpose, SuppressionReason reason, Cause cause) {
    Head head = ledger.lock(address.business());
    byte[] key = keys.of(address);
    int changed =
        jdbc.sql(
                """
                INSERT INTO suppressions (business_id, channel, address_hash, purpose, address, reason, source, since)
                VALUES (:business, :channel, :hash, :purpose, :address, :reason, :source, :since)
                ON CONFLICT (business_id, channel, address_hash, purpose) DO UPDATE
                SET address = excluded.address, reason = excluded.reason, source = excluded.source,
                    since = excluded.since, lifted_at = NULL
                WHERE suppressions.lifted_at <= excluded.since OR suppressions.reason = 'in_review'
                """)
            .param("business", address.business())
            .param("channel", address.channel().code())
            .param("hash", key)
            .param("purpose", ConsentFact.scope(purpose))
            .param("address", address.value())
            .param("reason", reason.code())
            .param("source", cause.source())
            .param("since", cause.at().atOffset(ZoneOffset.UTC))
            .update();
    if (changed == 0) {
      return false;
    }
    Changed change = new Changed(address.channel(), key, purpose, reason);
    ledger.append(address.business(), head, List.of(change.fact(reason.consentKind(), cause)));
    return true;
  }

  /** Waits for all others who change a suppression of the business. */
  void lock(UUID business) {
    ledger.lock(business);
  }

  /** What held the number, known by its key, is an opt-out from now on. */
  void optOut(UUID business, byte[] key, Cause cause) {
    Head head = ledger.lock(business);
    List<Changed> held =
        jdbc.sql(
                """
                UPDATE suppressions SET reason = 'opted_out', source = :source
                WHERE business_id = :business AND channel = 'sms' AND address_hash = :key
                  AND reason = 'in_review' AND lifted_at IS NULL
                RETURNING channel, address_hash, purpose, reason
                """)
            .param("source", cause.source())
            .param("business", business)
            .param("key", key)
            .query((row, number) -> changed(row))
            .list();
    ledger.append(
        business,
        head,
        held.stream().map(change -> change.fact(change.reason().consentKind(), cause)).toList());
  }

  /** Ends the holds of one source. */
  void release(UUID business, String source, Cause cause) {
    Head head = ledger.lock(business);
    List<Changed> released =
        jdbc.sql(
                """
                UPDATE suppressions SET lifted_at = greatest(:at::timestamptz, since + interval '1 microsecond')
                WHERE business_id = :business AND reason = 'in_review' AND source = :source AND lifted_at IS NULL
                RETURNING channel, address_hash, purpose, reason
                """)
            .param("at", cause.at().toString())
            .param("business", business)
            .param("source", source)
            .query((row, number) -> changed(row))
            .list();
    ledger.append(business, head, facts(released, cause));
  }

  /**
   * Reopens the address by its recipient's own word, for all purposes and for each.
   *
   * @param by which reasons that word lifts
   * @return whether that changed anything
   */
  boolean lift(Address address, Predicate<SuppressionReason> by, Cause cause) {
    return lift(address, "", null, by, cause);
  }

  /** The same of one scope only; null reopens what stands for all purposes. */
  boolean liftOnly(
      Address address, @Nullable Purpose scope, Predicate<SuppressionReason> by, Cause cause) {
    return lift(address, "AND purpose = :purpose", ConsentFact.scope(scope), by, cause);
  }

  private boolean lift(
      Address address,
      String which,
      @Nullable String purpose,
      Predicate<SuppressionReason> by,
      Cause cause) {
    Head head = ledger.lock(address.business());
    String[] reasons =
        Arrays.stream(SuppressionReason.values())
            .filter(by)
            .map(SuppressionReason::code)
            .toArray(String[]::new);
    JdbcClient.StatementSpec update =
        jdbc.sql(
                """
                UPDATE suppressions SET lifted_at = :at
                WHERE business_id = :business AND channel = :channel AND address_hash = :hash
                  AND lifted_at IS NULL AND since < :at AND reason = ANY (:reasons)
                """
                    + which
                    + " RETURNING channel, address_hash, purpose, reason")
            .param("at", cause.at().atOffset(ZoneOffset.UTC))
            .param("business", address.business())
            .param("channel", address.channel().code())
            .param("hash", keys.of(address))
            .param("reasons", reasons);
    List<Changed> lifted =
        (purpose == null ? update : update.param("purpose", purpose))
            .query((row, number) -> changed(row))
            .list();
    ledger.append(address.business(), head, facts(lifted, cause));
    return !lifted.isEmpty();
  }

  /** What changed, as far as the ledger needs to know. */
  private record Changed(
      Channel channel, byte[] key, @Nullable Purpose purpose, SuppressionReason reason) {
    ConsentFact fact(ConsentKind kind, Cause cause) {
      return new ConsentFact(
          cause.at(),
          HEX.formatHex(key),
          channel,
          purpose,
          kind,
          reason.code(),
          cause.source(),
          cause.proof(),
          null);
    }
  }

  private static Changed changed(ResultSet row) throws SQLException {
    return new Changed(
        Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
        row.getBytes("address_hash"),
        Purpose.of(row.getString("purpose")).orElse(null),
        SuppressionReason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)));
  }

  /** A hold that ends was no objection that is taken back. */
  private static List<ConsentFact> facts(List<Changed> lifted, Cause cause) {
    return lifted.stream()
        .map(
            change ->
                change.fact(
                    change.reason() == SuppressionReason.IN_REVIEW
                        ? ConsentKind.RELEASED
                        : ConsentKind.REOPENED,
                    cause))
        .toList();
  }

  /** Of the current business, newest first. */
  List<Row> page(UUID business, int limit, int offset) {
    return jdbc.sql(
            """
            SELECT channel, address, purpose, reason, source, since, lifted_at FROM suppressions
            WHERE business_id = :business
            ORDER BY since DESC, channel, address_hash, purpose LIMIT :limit OFFSET :offset
            """)
        .param("business", business)
        .param("limit", limit)
        .param("offset", offset)
        .query(
            (row, number) ->
                new Row(
                    row.getString("channel"),
                    row.getString("address"),
                    row.getString("purpose"),
                    row.getString("reason"),
                    row.getString("source"),
                    row.getTimestamp("since").toInstant(),
                    row.getTimestamp("lifted_at") == null
                        ? null
                        : row.getTimestamp("lifted_at").toInstant()))
        .list();
  }
}
