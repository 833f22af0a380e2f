package dev.aftertouch.dispatch.gating;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.Pacing;
import dev.aftertouch.engine.gate.PacingCodec;
import dev.aftertouch.service.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
  private record Held(Pacing ledger, long versionBefore) {
    boolean hasChanged() {
      return ledger.version() != versionBefore;
    }
  }

  private final JdbcClient jdbc;

  PacingLedgers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks the ledgers until the end of the transaction, all gates in the order of the key. */
  Locked lock(Collection<Key> keys) {
    Map<Key, Held> held = HashMap.newHashMap(keys.size());
    read(keys, held);
    if (held.size() < keys.size()) {
      // Once in the life of a ledger. Two gates that begin each other's may wait in a circle, which
      // the database ends as a passing fault.
      begin(without(held, keys), held);
      if (held.size() < keys.size()) {
        read(without(held, keys), held);
      }
    }
    return new Locked(held);
  }

  private static List<Key> without(Map<Key, Held> held, Collection<Key> keys) {
    return keys.stream().filter(key -> !held.containsKey(key)).toList();
  }

  private void read(Collection<Key> keys, Map<Key, Held> held) {
    jdbc.sql(
            """
            SELECT p.business_id, p.channel, p.ledger FROM pacing p
            WHERE (p.business_id, p.channel) IN (SELECT * FROM unnest(:businesses, :channels))
            ORDER BY p.business_id, p.channel FOR NO KEY UPDATE
            """)
        .param("businesses", Columns.uuids(keys, Key::business))
        .param("channels", Columns.texts(keys, key -> key.channel().code()))
        .query(
            row -> {
              hold(row, PacingCodec.decode(row.getBytes("ledger")), held);
            });
  }

  private static void hold(ResultSet row, Pacing ledger, Map<Key, Held> held) throws SQLException {
    Key key =
        new Key(
            row.getObject("business_id", UUID.class),
            Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)));
    held.put(key, new Held(ledger, ledger.version()));
  }

  /** Adds empty ledgers, which nobody else sees before the commit; not those that another began. */
  private void begin(Collection<Key> keys, Map<Key, Held> held) {
    jdbc.sql(
            """
            INSERT INTO pacing (business_id, channel, ledger)
            SELECT k.business_id, k.channel, '' FROM unnest(:businesses, :channels) AS k (business_id, channel)
            ORDER BY k.business_id, k.channel
            ON CONFLICT (business_id, channel) DO NOTHING
            RETURNING business_id, channel
            """)
        .param("businesses", Columns.uuids(keys, Key::business))
        .param("channels", Columns.texts(keys, key -> key.channel().code()))
        .query(
            row -> {
              hold(row, new Pacing(), held);
            });
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
      List<Map.Entry<Key, Held>> changed =
          held.entrySet().stream().filter(entry -> entry.getValue().hasChanged()).toList();
      if (changed.isEmpty()) {
        return;
      }
      jdbc.sql(
              """
              UPDATE pacing p SET ledger = n.ledger
              FROM unnest(:businesses, :channels, :ledgers) AS n (business_id, channel, ledger)
              WHERE p.business_id = n.business_id AND p.channel = n.channel
              """)
          .param("businesses", Columns.uuids(changed, entry -> entry.getKey().business()))
          .param("channels", Columns.texts(changed, entry -> entry.getKey().channel().code()))
          .param(
              "ledgers",
              Columns.blobs(changed, entry -> PacingCodec.encode(entry.getValue().ledger(), now)))
          .update();
    }
  }
}
