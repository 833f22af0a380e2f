package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.sending.Handover;
import dev.aftertouch.dispatch.sending.Parcel;
import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.dispatch.sending.Providers;
import dev.aftertouch.service.sql.Columns;
import dev.aftertouch.service.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which messages go to their provider by one call. Written in the transaction that claims them, so
 * that whoever finds the claims left open can repeat the very same call: the provider knows the key
 * of the call only, and a message that it may have must not be handed over with another key.
 */
public final class Parcels {
  /** A message's place in a parcel, and with whom it goes. */
  private record Packed(UUID parcel, Handover message) {}

  /** What is handed over at once, by one provider, until the same deadline. */
  private record Together(ProviderName provider, long deadlineNanos) {}

  /** A parcel as its row says, its messages by place. */
  record Stored(UUID id, List<TouchAttempt> messages, boolean takenApart) {}

  private final Tenancy tenancy;
  private final JdbcClient jdbc;
  private final Providers providers;

  Parcels(Tenancy tenancy, JdbcClient jdbc, Providers providers) {
    this.tenancy = tenancy;
    this.jdbc = jdbc;
    this.providers = providers;
  }

  /** Packs claims of this transaction, which get as much time together as each has alone. */
  public List<Parcel> pack(Collection<Claim> claims) {
    List<Parcel> parcels = new ArrayList<>();
    Map<Together, List<Handover>> together = new LinkedHashMap<>();
    for (Claim claim : claims) {
      Handover message = claim.handover();
      if (providers.mostTogether(message.provider()) == 1) {
        parcels.add(Parcel.of(message));
      } else {
        together
            .computeIfAbsent(
                new Together(message.provider(), message.deadlineNanos()),
                ignored -> new ArrayList<>())
            .add(message);
      }
    }
    together.forEach(
        (with, messages) -> {
          int most = providers.mostTogether(with.provider());
          for (int from = 0; from < messages.size(); from += most) {
            parcels.add(parcel(messages.subList(from, Math.min(from + most, messages.size()))));
          }
        });
    store(parcels);
    return parcels;
  }

  private static Parcel parcel(List<Handover> messages) {
    return messages.size() == 1
        ? Parcel.of(messages.getFirst())
        : new Parcel(UUID.randomUUID(), messages);
  }

  private void store(List<Parcel> parcels) {
    List<Packed> packed =
        parcels.stream()
            .filter(parcel -> !parcel.isOne())
            .flatMap(parcel -> parcel.messages().stream().map(m -> new Packed(parcel.key(), m)))
            .toList();
    if (packed.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO parcels (parcel_id, businesses, touches, attempts)
            SELECT parcel_id, array_agg(business_id ORDER BY place), array_agg(touch_id ORDER BY place),
                   array_agg(attempt_id ORDER BY place)
            FROM unnest(:parcels, :businesses, :touches, :attempts)
              WITH ORDINALITY AS p (parcel_id, business_id, touch_id, attempt_id, place)
            GROUP BY parcel_id
            """)
        .param("parcels", Columns.uuids(packed, Packed::parcel))
        .param("businesses", Columns.uuids(packed, one -> one.message().business()))
        .param("touches", Columns.uuids(packed, one -> one.message().touch()))
        .param("attempts", Columns.uuids(packed, one -> one.message().attempt()))
        .update();
  }

  /**
   * The parcels that attempts of that time and later went in, locked until the end of the
   * transaction: of two sweepers one has all of a parcel.
   */
  List<Stored> lock(Collection<UUID> attempts, OffsetDateTime since) {
    return jdbc.sql(
            """
            SELECT parcel_id, businesses, touches, attempts, taken_apart FROM parcels
            WHERE packed_at >= :since AND attempts && :attempts ORDER BY parcel_id FOR UPDATE
            """)
        .param("since", since)
        .param("attempts", Columns.uuids(attempts, attempt -> attempt))
        .query((row, number) -> stored(row))
        .list();
  }

  private static Stored stored(ResultSet row) throws SQLException {
    List<UUID> businesses = uuids(row, "businesses");
    List<UUID> touches = uuids(row, "touches");
    List<UUID> attempts = uuids(row, "attempts");
    List<TouchAttempt> messages = new ArrayList<>(attempts.size());
    for (int i = 0; i < attempts.size(); i++) {
      messages.add(
          new TouchAttempt(
              new StoredTouch.Key(businesses.get(i), touches.get(i)), attempts.get(i)));
    }
    return new Stored(
        row.getObject("parcel_id", UUID.class), messages, row.getBoolean("taken_apart"));
  }

  private static List<UUID> uuids(ResultSet row, String column) throws SQLException {
    return List.of((UUID[]) row.getArray(column).getArray());
  }

  /** Their provider has none of these messages; each goes alone from now on. */
  void takeApart(Collection<Parcel> refused) {
    tenancy.asWorker(
        () ->
            jdbc.sql("UPDATE parcels SET taken_apart = true WHERE parcel_id = ANY (:parcels)")
                .param("parcels", Columns.uuids(refused, Parcel::key))
                .update());
  }

  /**
   * Removes those of which no claim is handed over again: a provider forgets their keys after a
   * day.
   */
  void forget() {
    jdbc.sql("DELETE FROM parcels WHERE packed_at < now() - interval '2 days'").update();
  }
}
