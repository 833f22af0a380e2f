package dev.aftertouch.dispatch.replicas;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aftertouch.engine.content.CompiledTemplate;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Steps;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.sql.Columns;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Campaign versions with their templates compiled, kept in memory: a version never changes.
 * Businesses that took over the same preset share what was compiled of it, by the definition's
 * SHA-256.
 */
public final class Versions {
  /** A published version. */
  public record Key(UUID business, UUID campaign, int version) {}

  /**
   * What the gate needs of a version.
   *
   * @param templates by step id
   * @param firstText id of the step that sends the first text; null when none does
   * @param purpose of all its touches
   */
  public record Version(
      @Nullable BusinessHours businessHours,
      Map<String, CompiledTemplate> templates,
      @Nullable String firstText,
      Purpose purpose) {}

  private static final int MOST_KNOWN = 200_000;
  private static final int MOST_COMPILED = 1_000;

  private final JdbcClient jdbc;
  private final Documents documents;
  private final Cache<Key, Version> known = Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();
  private final Cache<String, Version> compiled =
      Caffeine.newBuilder().maximumSize(MOST_COMPILED).build();

  Versions(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /** Those versions; one not seen yet is absent. */
  public Map<Key, Version> find(Set<Key> keys) {
    Map<Key, Version> found = new HashMap<>(known.getAllPresent(keys));
    Set<Key> unknown = new HashSet<>(keys);
    unknown.removeAll(found.keySet());
    if (unknown.isEmpty()) {
      return found;
    }
    Map<Key, String> digests = digests(unknown);
    Map<String, Version> versions = versions(digests);
    digests.forEach(
        (key, digest) -> {
          Version version = versions.get(digest);
          if (version != null) {
            found.put(key, version);
            known.put(key, version);
          }
        });
    return found;
  }

  private Map<Key, String> digests(Collection<Key> keys) {
    Map<Key, String> digests = new HashMap<>();
    select("v.business_id, v.campaign_id, v.version, encode(v.digest, 'hex') AS digest", keys)
        .query(
            row -> {
              digests.put(
                  new Key(
                      row.getObject("business_id", UUID.class),
                      row.getObject("campaign_id", UUID.class),
                      row.getInt("version")),
                  row.getString("digest"));
            });
    return digests;
  }

  /** By digest; compiles what is not compiled yet, each once. */
  private Map<String, Version> versions(Map<Key, String> digests) {
    Map<String, Version> versions =
        new HashMap<>(compiled.getAllPresent(Set.copyOf(digests.values())));
    Map<String, Key> toCompile = new HashMap<>();
    digests.forEach(
        (key, digest) -> {
          if (!versions.containsKey(digest)) {
            toCompile.put(digest, key);
          }
        });
    if (!toCompile.isEmpty()) {
      select("encode(v.digest, 'hex') AS digest, v.definition::text", toCompile.values())
          .query(
              row -> {
                Version version = compile(documents.campaign(row.getString("definition")));
                versions.put(row.getString("digest"), version);
                compiled.put(row.getString("digest"), version);
              });
    }
    return versions;
  }

  private JdbcClient.StatementSpec select(String columns, Collection<Key> keys) {
    return jdbc.sql(
            "SELECT "
                + columns
                + """
                 FROM unnest(:businesses, :campaigns, :versions) AS k (business_id, campaign_id, version)
                JOIN campaign_versions v USING (business_id, campaign_id, version)
                """)
        .param("businesses", Columns.uuids(keys, Key::business))
        .param("campaigns", Columns.uuids(keys, Key::campaign))
        .param("versions", Columns.ints(keys, Key::version));
  }

  /** What the business's campaigns are for, in the order of {@link Purpose}. For pages. */
  public SortedSet<Purpose> purposes(UUID business) {
    SortedSet<Purpose> purposes = new TreeSet<>();
    jdbc.sql(
            """
            SELECT DISTINCT definition->>'kind' AS kind, definition->'settings'->>'purpose' AS purpose
            FROM campaign_versions WHERE business_id = :business
            """)
        .param("business", business)
        .query(
            row -> {
              purposes.add(Purpose.written(row.getString("kind"), row.getString("purpose")));
            });
    return purposes;
  }

  private static Version compile(CampaignDefinition definition) {
    Map<String, CompiledTemplate> templates = new HashMap<>();
    String firstText = null;
    for (Step.Touching touch : Steps.touches(definition)) {
      switch (touch) {
        case Step.SendEmail email ->
            templates.put(
                email.id(),
                CompiledTemplate.email(email.template().subject(), email.template().body()));
        case Step.SendSms text -> {
          templates.put(text.id(), CompiledTemplate.sms(text.template().body()));
          firstText = firstText == null ? text.id() : firstText;
        }
      }
    }
    return new Version(
        definition.settings().businessHours(),
        Map.copyOf(templates),
        firstText,
        Purpose.of(definition));
  }
}
