package dev.aftertouch.dispatch.ledger;

import dev.aftertouch.engine.consent.ConsentChain;
import dev.aftertouch.engine.consent.ConsentChain.Head;
import dev.aftertouch.engine.consent.ConsentEntry;
import dev.aftertouch.engine.consent.ConsentFact;
import dev.aftertouch.engine.consent.ConsentKind;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries of the consent ledgers. Whoever changes a suppression locks the business's ledger first,
 * before any suppression's row, and appends in the same transaction: so changes of one business
 * come one after the other, their entries are in the order of the changes, and nobody waits in a
 * circle. Entries are never changed nor removed; no role has the right to.
 */
public final class ConsentLedger {
  private static final TypeReference<Map<String, String>> EVIDENCE = new TypeReference<>() {};
  private static final HexFormat HEX = HexFormat.of();
  private static final String COLUMNS =
      """
      SELECT business_id, number, at, address_key, channel, purpose, kind, basis, source, evidence::text AS evidence,
             expires_at, previous_hash, hash
      FROM consent_ledger
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.builder().build();

  ConsentLedger(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Waits for others who write to the ledger; it is the caller's until the transaction ends. */
  public Head lock(UUID business) {
    Optional<Head> known = headForUpdate(business);
    if (known.isPresent()) {
      return known.get();
    }
    jdbc.sql(
            "INSERT INTO consent_heads (business_id) VALUES (:business) ON CONFLICT (business_id) DO NOTHING")
        .param("business", business)
        .update();
    return headForUpdate(business).orElseThrow();
  }

  private Optional<Head> headForUpdate(UUID business) {
    return jdbc.sql(
            "SELECT number, hash FROM consent_heads WHERE business_id = :business FOR UPDATE")
        .param("business", business)
        .query((row, number) -> head(row))
        .optional();
  }

  /**
   * Adds the facts behind the head that {@link #lock} gave, in their order and with one statement.
   */
  public List<ConsentEntry> append(UUID business, Head head, List<ConsentFact> facts) {
    List<ConsentEntry> entries = ConsentChain.extend(business, head, facts);
    if (entries.isEmpty()) {
      return entries;
    }
    jdbc.sql(
            """
            WITH added AS (
              INSERT INTO consent_ledger (business_id, number, at, address_key, channel, purpose, kind, basis, source, evidence,
                                          expires_at, previous_hash, hash)
              SELECT :business, e.number, e.at, e.address_key, e.channel, e.purpose, e.kind, e.basis, e.source, e.evidence::json,
                     e.expires_at, e.previous_hash, e.hash
              FROM unnest(:numbers::bigint[], :ats::timestamptz[], :keys::bytea[], :channels::text[], :purposes::text[],
                          :kinds::text[], :bases::text[], :sources::text[], :evidence::text[], :expiries::timestamptz[],
                          :previous::bytea[], :hashes::bytea[])
                AS e (number, at, address_key, channel, purpose, kind, basis, source, evidence, expires_at, previous_hash, hash))
            UPDATE consent_heads SET number = :last, hash = :head WHERE business_id = :business
            """)
        .param("business", business)
        .param("numbers", entries.stream().map(ConsentEntry::number).toArray(Long[]::new))
        .param("ats", texts(facts, fact -> fact.at().toString()))
        .param("keys", bytes(entries, entry -> entry.fact().addressKey()))
        .param("channels", texts(facts, fact -> fact.channel().code()))
        .param("purposes", texts(facts, ConsentFact::scope))
        .param("kinds", texts(facts, fact -> fact.kind().code()))
        .param("bases", texts(facts, ConsentFact::basis))
        .param("sources", texts(facts, ConsentFact::source))
        .param("evidence", texts(facts, fact -> json.writeValueAsString(fact.evidence())))
        .param("expiries", texts(facts, fact -> text(fact.expiresAt())))
        .param("previous", bytes(entries, ConsentEntry::previousHash))
        .param("hashes", bytes(entries, ConsentEntry::hash))
        .param("last", entries.getLast().number())
        .param("head", HEX.parseHex(entries.getLast().hash()))
        .update();
    return entries;
  }

  /** What the ledger ends with, read in the same statement as the highest number that there is. */
  public End end(UUID business) {
    return jdbc.sql(
            """
            SELECT coalesce(h.number, 0) AS number, coalesce(h.hash, decode(repeat('0', 64), 'hex')) AS hash,
                   (SELECT coalesce(max(number), 0) FROM consent_ledger WHERE business_id = :business) AS highest
            FROM (SELECT 1) AS one LEFT JOIN consent_heads h ON h.business_id = :business
            """)
        .param("business", business)
        .query((row, number) -> new End(head(row), row.getLong("highest")))
        .single();
  }

  /** The head, and the highest number among the entries: the same, unless somebody meddled. */
  public record End(Head head, long highest) {}

  /** Entries with higher numbers than that, in their order. */
  public List<ConsentEntry> after(UUID business, long number, int limit) {
    return jdbc.sql(
            COLUMNS
                + "WHERE business_id = :business AND number > :after ORDER BY number LIMIT :limit")
        .param("business", business)
        .param("after", number)
        .param("limit", limit)
        .query((row, index) -> read(row))
        .list();
  }

  /** The newest entries of an address, newest first. */
  public List<ConsentEntry> of(UUID business, byte[] addressKey, int limit) {
    return jdbc.sql(
            COLUMNS
                + """
                WHERE business_id = :business AND address_key = :key
                ORDER BY number DESC LIMIT :limit
                """)
        .param("business", business)
        .param("key", addressKey)
        .param("limit", limit)
        .query((row, index) -> read(row))
        .list();
  }

  /**
   * Whether the address has granted a purpose expressly, for longer than until then, and has not
   * withdrawn since.
   *
   * @param purpose null when it is not known: then only a grant of all purposes counts
   */
  public boolean hasExpressGrant(
      UUID business, byte[] addressKey, Channel channel, @Nullable Purpose purpose, Instant at) {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT FROM consent_ledger g
              WHERE g.business_id = :business AND g.address_key = :key AND g.channel = :channel
                AND g.kind = 'granted' AND g.basis = 'express' AND g.purpose IN ('all', :purpose)
                AND (g.expires_at IS NULL OR g.expires_at > :at)
                AND NOT EXISTS (
                  SELECT FROM consent_ledger w
                  WHERE w.business_id = g.business_id AND w.address_key = g.address_key AND w.channel = g.channel
                    AND w.kind = 'withdrawn' AND w.purpose IN ('all', g.purpose) AND w.number > g.number))
            """)
        .param("business", business)
        .param("key", addressKey)
        .param("channel", channel.code())
        .param("purpose", ConsentFact.scope(purpose))
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }

  private ConsentEntry read(ResultSet row) throws SQLException {
    Timestamp expires = row.getTimestamp("expires_at");
    ConsentFact fact =
        new ConsentFact(
            row.getTimestamp("at").toInstant(),
            HEX.formatHex(row.getBytes("address_key")),
            Channel.valueOf(upper(row.getString("channel"))),
            Purpose.of(row.getString("purpose")).orElse(null),
            ConsentKind.valueOf(upper(row.getString("kind"))),
            row.getString("basis"),
            row.getString("source"),
            json.readValue(row.getString("evidence"), EVIDENCE),
            expires == null ? null : expires.toInstant());
    return new ConsentEntry(
        row.getObject("business_id", UUID.class),
        row.getLong("number"),
        fact,
        HEX.formatHex(row.getBytes("previous_hash")),
        HEX.formatHex(row.getBytes("hash")));
  }

  private static Head head(ResultSet row) throws SQLException {
    return new Head(row.getLong("number"), HEX.formatHex(row.getBytes("hash")));
  }

  private static String upper(String code) {
    return code.toUpperCase(Locale.ROOT);
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private static @Nullable String[] texts(
      List<ConsentFact> facts, Function<ConsentFact, @Nullable String> field) {
    return facts.stream().map(field).toArray(String[]::new);
  }

  private static byte[][] bytes(List<ConsentEntry> entries, Function<ConsentEntry, String> hex) {
    return entries.stream().map(hex).map(HEX::parseHex).toArray(byte[][]::new);
  }
}
