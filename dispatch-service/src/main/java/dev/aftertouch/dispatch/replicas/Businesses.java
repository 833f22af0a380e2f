package dev.aftertouch.dispatch.replicas;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.facts.BusinessChanged;
import dev.aftertouch.facts.BusinessDeleted;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The businesses and their settings. */
public final class Businesses {
  /** A business as it is now. */
  public record Business(UUID id, long revision, String name, BusinessSettings settings) {}

  private static final int MOST_PARSED = 20_000;

  /** Settings never change within a revision, so they are read and parsed once. */
  private final Cache<UUID, Business> parsed =
      Caffeine.newBuilder().maximumSize(MOST_PARSED).build();

  private final JdbcClient jdbc;
  private final Documents documents;

  Businesses(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /**
   * The businesses of those ids. One that left is a key with no value's settings and so is absent
   * from {@link Known#businesses()} but present in {@link Known#gone()}; one never seen is in
   * neither.
   */
  public Known find(Collection<UUID> ids) {
    Map<UUID, Business> known = parsed.getAllPresent(ids);
    Map<UUID, Business> businesses = new HashMap<>();
    Map<UUID, Boolean> gone = new HashMap<>();
    Set<Paused> paused = new HashSet<>();
    jdbc.sql(
            """
            SELECT b.business_id, b.revision, b.deleted, b.name, k.channel AS paused,
                   CASE WHEN b.revision IS DISTINCT FROM known.revision THEN b.settings END AS settings
            FROM unnest(:ids, :revisions) AS known (business_id, revision)
            JOIN businesses b USING (business_id)
            LEFT JOIN breakers k ON k.business_id = b.business_id AND k.state = 'paused'
            """)
        .param("ids", Columns.uuids(ids, Function.identity()))
        .param("revisions", Columns.optionalLongs(ids, id -> revision(known.get(id))))
        .query(
            row -> {
              UUID id = row.getObject("business_id", UUID.class);
              String channel = row.getString("paused");
              if (channel != null) {
                paused.add(new Paused(id, channel));
              }
              if (row.getBoolean("deleted")) {
                gone.put(id, true);
              } else if (!businesses.containsKey(id)) {
                businesses.put(id, current(row, id, known.get(id)));
              }
            });
    return new Known(businesses, gone, paused);
  }

  private static @Nullable Long revision(@Nullable Business known) {
    return known == null ? null : known.revision();
  }

  /** The one that is known, unless the row tells of another revision. */
  private Business current(ResultSet row, UUID id, @Nullable Business known) throws SQLException {
    String settings = row.getString("settings");
    if (settings == null) {
      return Objects.requireNonNull(known);
    }
    Business read =
        new Business(
            id, row.getLong("revision"), row.getString("name"), documents.settings(settings));
    parsed.put(id, read);
    return read;
  }

  /** A channel of a business whose breaker holds its touches. */
  record Paused(UUID business, String channel) {}

  /** What is known of some businesses. */
  public record Known(Map<UUID, Business> businesses, Map<UUID, Boolean> gone, Set<Paused> paused) {
    /** Whether the business's touches of the channel are held by its breaker. */
    public boolean isPaused(UUID id, Channel channel) {
      return !paused.isEmpty() && paused.contains(new Paused(id, channel.code()));
    }

    /** Whether that business has been seen at all. */
    public boolean seen(UUID id) {
      return businesses.containsKey(id) || gone.containsKey(id);
    }
  }

  /** The businesses whose texts come from that number. */
  public List<UUID> withSenderPhone(String phone) {
    return jdbc.sql(
            "SELECT business_id FROM businesses WHERE sender_phone = :phone AND NOT deleted ORDER BY 1")
        .param("phone", phone)
        .query(UUID.class)
        .list();
  }

  /** Numbers that texts come from, in their order, after that one. */
  public List<String> senderPhonesAfter(String phone, int limit) {
    return jdbc.sql(
            """
            SELECT DISTINCT sender_phone FROM businesses
            WHERE sender_phone > :phone AND NOT deleted ORDER BY 1 LIMIT :limit
            """)
        .param("phone", phone)
        .param("limit", limit)
        .query(String.class)
        .list();
  }

  /**
   * Works facts in; an older revision never replaces a newer one. A business that left takes its
   * rows along, and may come back with a newer revision. Only the suppressions stay, as hashes
   * without the addresses: an opt-out outlives the records of both sides.
   */
  void apply(List<BusinessFact> facts) {
    Map<UUID, Told> told = new TreeMap<>();
    for (BusinessFact fact : facts) {
      switch (fact.getFact()) {
        case BusinessChanged changed ->
            told.merge(
                fact.getBusinessId(),
                new Told(fact.getRevision(), changed),
                (one, other) -> one.revision() >= other.revision() ? one : other);
        case BusinessDeleted deleted -> {
          change(told);
          told.clear();
          remove(fact.getBusinessId(), fact.getRevision());
        }
        default -> throw new IllegalArgumentException("Unknown kind of business fact");
      }
    }
    change(told);
  }

  /** The newest that was told of a business. */
  private record Told(long revision, BusinessChanged changed) {}

  private void change(Map<UUID, Told> businesses) {
    if (businesses.isEmpty()) {
      return;
    }
    Collection<Told> told = businesses.values();
    jdbc.sql(
            """
            INSERT INTO businesses (business_id, revision, name, settings, sender_phone)
            SELECT n.business_id, n.revision, n.name, n.settings::json, n.phone
            FROM unnest(:businesses, :revisions, :names, :settings, :phones) AS n (business_id, revision, name, settings, phone)
            ON CONFLICT (business_id) DO UPDATE
            SET revision = excluded.revision, name = excluded.name, settings = excluded.settings,
                sender_phone = excluded.sender_phone, deleted = false
            WHERE businesses.revision < excluded.revision
            """)
        .param("businesses", Columns.uuids(businesses.keySet(), Function.identity()))
        .param("revisions", Columns.longs(told, Told::revision))
        .param("names", Columns.texts(told, one -> one.changed().getName()))
        .param("settings", Columns.texts(told, one -> one.changed().getSettings()))
        .param(
            "phones",
            Columns.texts(
                told, one -> documents.settings(one.changed().getSettings()).sender().phone()))
        .update();
  }

  private void remove(UUID business, long revision) {
    int left =
        jdbc.sql(
                """
                INSERT INTO businesses (business_id, revision, name, settings, deleted)
                VALUES (:business, :revision, '', '{}', true)
                ON CONFLICT (business_id) DO UPDATE
                SET revision = excluded.revision, name = '', settings = '{}', sender_phone = NULL, deleted = true
                WHERE businesses.revision < excluded.revision
                """)
            .param("business", business)
            .param("revision", revision)
            .update();
    if (left == 0) {
      return;
    }
    jdbc.sql("UPDATE suppressions SET address = NULL WHERE business_id = :business")
        .param("business", business)
        .update();
    for (String table : OWNED) {
      jdbc.sql("DELETE FROM " + table + " WHERE business_id = :business")
          .param("business", business)
          .update();
    }
  }

  private static final List<String> OWNED =
      List.of(
          "erasures",
          "feedback",
          "complaints",
          "breakers",
          "click_holds",
          "reviews",
          "link_hits",
          "bundles",
          "earlier_attempts",
          "unknown_attempts",
          "touches",
          "pacing",
          "stopped_enrollments",
          "recipients",
          "campaign_versions",
          "campaigns");
}
