package dev.aftertouch.dispatch.replicas;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aftertouch.engine.content.CompiledTemplate;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Steps;
import dev.aftertouch.service.documents.DefinitionIds;
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
 * Campaign versions with their templates compiled, kept in memory by what they say: businesses that
 * took over the same preset share what was compiled of it.
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

  /**
   * A version that a touch names.
   *
   * @param definition what it says, by {@link DefinitionIds}; null where the touch does not tell
   */
  public record Published(Key key, @Nullable UUID definition) {}

  private static final int MOST_COMPILED = 50_000;

  private final JdbcClient jdbc;
  private final Documents documents;
  private final Cache<UUID, Version> compiled =
      Caffeine.newBuilder().maximumSize(MOST_COMPILED).build();

  Versions(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /**
   * Those versions; one not seen yet is absent. A version whose definition is in memory is not
   * looked up.
   */
  public Map<Key, Version> find(Set<Published> wanted) {
    Map<Key, Version> found = HashMap.newHashMap(wanted.size());
    Set<Key> unknown = new HashSet<>();
    for (Published one : wanted) {
      Version version = one.definition() == null ? null : compiled.getIfPresent(one.definition());
      if (version == null) {
        unknown.add(one.key());
      } else {
        found.put(one.key(), version);
      }
    }
    if (unknown.isEmpty()) {
      return found;
    }
    Map<Key, UUID> definitions = definitions(unknown);
    Map<UUID, Version> versions = versions(definitions);
    definitions.forEach(
        (key, definition) -> {
          Version version = versions.get(definition);
          if (version != null) {
            found.put(key, version);
          }
        });
    return found;
  }

  private Map<Key, UUID> definitions(Collection<Key> keys) {
    Map<Key, UUID> definitions = new HashMap<>();
    select("v.business_id, v.campaign_id, v.version, v.digest", keys)
        .query(
            row -> {
              definitions.put(
                  new Key(
                      row.getObject("business_id", UUID.class),
                      row.getObject("campaign_id", UUID.class),
                      row.getInt("version")),
                  DefinitionIds.of(row.getBytes("digest")));
            });
    return definitions;
  }

  /** By definition; compiles what is not compiled yet, each once. */
  private Map<UUID, Version> versions(Map<Key, UUID> definitions) {
    Map<UUID, Version> versions =
        new HashMap<>(compiled.getAllPresent(Set.copyOf(definitions.values())));
    Map<UUID, Key> toCompile = new HashMap<>();
    definitions.forEach(
        (key, definition) -> {
          if (!versions.containsKey(definition)) {
            toCompile.put(definition, key);
          }
        });
    if (!toCompile.isEmpty()) {
      select("v.digest, v.definition::text", toCompile.values())
          .query(
              row -> {
                UUID definition = DefinitionIds.of(row.getBytes("digest"));
                Version version = compile(documents.campaign(row.getString("definition")));
                versions.put(definition, version);
                compiled.put(definition, version);
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
