package dev.aftertouch.dispatch.gating;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.Pacing;
import dev.aftertouch.engine.gate.PacingCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pacing ledgers of businesses and channels: one row each, changed only under its lock. */
final class PacingLedgers {
  /** One business's channel. */
  record Key(UUID business, Channel channel) {}

  /** A locked ledger as it was read. */
  private record Held(Pacing ledger, long versionBefore) {}

  private final JdbcClient jdbc;

  PacingLedgers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks the ledgers until the end of the transaction, all gates in the order of the key. */
  Locked lock(Collection<Key> keys) {
    String[] businesses =
        keys.stream().map(key -> key.business().toString()).toArray(String[]::new);
    String[] channels = keys.stream().map(key -> key.channel().code()).toArray(String[]::new);
    jdbc.sql(
            """
            INSERT INTO pacing (business_id, channel, ledger)
            SELECT k.business_id, k.channel, '' FROM unnest(:businesses::uuid[], :channels::text[]) AS k (business_id, channel)
            WHERE NOT EXISTS (SELECT 1 FROM pacing p WHERE p.business_id = k.business_id AND p.channel = k.channel)
            ORDER BY k.business_id, k.channel
            ON CONFLICT (business_id, channel) DO NOTHING
            """)
        .param("businesses", businesses)
        .param("channels", channels)
        .update();
    Map<Key, Held> held = new HashMap<>();
    jdbc.sql(
            """
            SELECT p.business_id, p.channel, p.ledger FROM pacing p
            WHERE (p.business_id, p.channel) IN (SELECT * FROM unnest(:businesses::uuid[], :channels::text[]))
            ORDER BY p.business_id, p.channel FOR NO KEY UPDATE
            """)
        .param("businesses", businesses)
        .param("channels", channels)
        .query(
            row -> {
              Pacing ledger = PacingCodec.decode(row.getBytes("ledger"));
              held.put(
                  new Key(
                      row.getObject("business_id", UUID.class),
                      Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT))),
                  new Held(ledger, ledger.version()));
            });
    return new Locked(held);
  }

  /** Ledgers under lock; to be stored in the same transaction. */
  final class Locked {
    private final Map<Key, Held> held;

    private Locked(Map<Key, Held> held) {
      this.held = held;
    }

    Pacing of(Key key) {
      Held found = held.get(key);
      if (found == null) {
        throw new IllegalStateException("The ledger of " + key + " is not locked");
      }
      return found.ledger();
    }

    /** Stores those from which slots were given. */
    void store(Instant now) {
      List<String> businesses = new ArrayList<>();
      List<String> channels = new ArrayList<>();
      List<byte[]> ledgers = new ArrayList<>();
      held.forEach(
          (key, value) -> {
            if (value.ledger().version() != value.versionBefore()) {
              businesses.add(key.business().toString());
              channels.add(key.channel().code());
              ledgers.add(PacingCodec.encode(value.ledger(), now));
            }
          });
      if (businesses.isEmpty()) {
        return;
      }
      jdbc.sql(
              """
              UPDATE pacing p SET ledger = n.ledger
              FROM unnest(:businesses::uuid[], :channels::text[], :ledgers::bytea[]) AS n (business_id, channel, ledger)
              WHERE p.business_id = n.business_id AND p.channel = n.channel
              """)
          .param("businesses", businesses.toArray(String[]::new))
          .param("channels", channels.toArray(String[]::new))
          .param("ledgers", ledgers.toArray(byte[][]::new))
          .update();
    }
  }
}
