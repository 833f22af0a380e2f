package dev.aftertouch.dispatch.messages;

import dev.aftertouch.service.sql.Columns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps frozen messages: those of a business that one transaction froze are one row, found by the
 * id of any of their attempts. Alone each of them would be the dearest row of its touch.
 */
public final class Bundles {
  /** An attempt of a business. */
  public record Key(UUID business, UUID attempt) {}

  /** A message and whose it is. */
  public record Owned(UUID business, FrozenMessage message) {}

  /** A message as it was kept; the time is business time. */
  public record Kept(FrozenMessage message, Instant frozenAt) {}

  /** A bundle of a business. */
  private record Id(UUID business, UUID bundle) {}

  private record Row(Id id, byte[] content) {}

  private final JdbcClient jdbc;

  Bundles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds the messages of attempts whose ids are from one {@link AttemptIds}. */
  public void add(Collection<Owned> messages, Instant now) {
    if (messages.isEmpty()) {
      return;
    }
    Map<Id, List<FrozenMessage>> bundles = new LinkedHashMap<>();
    for (Owned owned : messages) {
      Id id = new Id(owned.business(), AttemptIds.bundleOf(owned.message().attempt()));
      bundles.computeIfAbsent(id, ignored -> new ArrayList<>()).add(owned.message());
    }
    Set<Map.Entry<Id, List<FrozenMessage>>> rows = bundles.entrySet();
    jdbc.sql(
            """
            INSERT INTO bundles (business_id, bundle_id, touches, content, written_at)
            SELECT business_id, bundle_id, touches::uuid[], content, :now
            FROM unnest(:businesses, :bundles, :touches, :contents) AS n (business_id, bundle_id, touches, content)
            """)
        .param("businesses", Columns.uuids(rows, row -> row.getKey().business()))
        .param("bundles", Columns.uuids(rows, row -> row.getKey().bundle()))
        .param("touches", Columns.texts(rows, row -> touches(row.getValue())))
        .param("contents", Columns.blobs(rows, row -> Bundle.write(row.getValue())))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private static String touches(List<FrozenMessage> messages) {
    return messages.stream()
        .map(message -> message.touch().toString())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** The message of that attempt; null where it is kept no more. */
  @Nullable FrozenMessage find(UUID business, UUID attempt) {
    Key key = new Key(business, attempt);
    Kept kept = find(List.of(key)).get(key);
    return kept == null ? null : kept.message();
  }

  /** The messages of those attempts that are still kept. */
  public Map<Key, Kept> find(Collection<Key> attempts) {
    Set<Key> wanted = Set.copyOf(attempts);
    Map<Key, Kept> found = HashMap.newHashMap(wanted.size());
    Set<Id> ids = ids(wanted);
    jdbc.sql(
            """
            SELECT b.business_id, b.content, b.written_at
            FROM unnest(:businesses, :bundles) AS k (business_id, bundle_id)
            JOIN bundles b USING (business_id, bundle_id)
            """)
        .param("businesses", Columns.uuids(ids, Id::business))
        .param("bundles", Columns.uuids(ids, Id::bundle))
        .query(
            row -> {
              UUID business = row.getObject(1, UUID.class);
              Instant at = row.getTimestamp(3).toInstant();
              for (FrozenMessage message : Bundle.read(row.getBytes(2))) {
                Key key = new Key(business, message.attempt());
                if (wanted.contains(key)) {
                  found.put(key, new Kept(message, at));
                }
              }
            });
    return found;
  }

  /** An attempt from before there were bundles has one of its own, with its own id. */
  private static Set<Id> ids(Collection<Key> attempts) {
    Set<Id> ids = new LinkedHashSet<>();
    for (Key key : attempts) {
      ids.add(new Id(key.business(), AttemptIds.bundleOf(key.attempt())));
      ids.add(new Id(key.business(), key.attempt()));
    }
    return ids;
  }

  /** Empties the messages of those attempts; how many were not empty before. */
  public int empty(UUID business, Collection<UUID> attempts) {
    Set<UUID> wanted = Set.copyOf(attempts);
    Set<Id> ids = ids(wanted.stream().map(attempt -> new Key(business, attempt)).toList());
    List<Row> rows =
        jdbc.sql(
                """
                SELECT bundle_id, content FROM bundles
                WHERE business_id = :business AND bundle_id = ANY (:bundles) ORDER BY bundle_id FOR UPDATE
                """)
            .param("business", business)
            .param("bundles", Columns.uuids(ids, Id::bundle))
            .query(
                (row, number) ->
                    new Row(new Id(business, row.getObject(1, UUID.class)), row.getBytes(2)))
            .list();
    int emptied = 0;
    for (Row row : rows) {
      List<FrozenMessage> messages = Bundle.read(row.content());
      long full =
          messages.stream().filter(m -> wanted.contains(m.attempt()) && !m.isEmpty()).count();
      if (full > 0) {
        emptied += (int) full;
        write(
            row.id(),
            messages.stream().map(m -> wanted.contains(m.attempt()) ? m.emptied() : m).toList());
      }
    }
    return emptied;
  }

  private void write(Id id, List<FrozenMessage> messages) {
    jdbc.sql(
            "UPDATE bundles SET content = :content WHERE business_id = :business AND bundle_id = :bundle")
        .param("content", Bundle.write(messages))
        .param("business", id.business())
        .param("bundle", id.bundle())
        .update();
  }
}
