package dev.aftertouch.dispatch.replicas;

import dev.aftertouch.engine.content.CompiledTemplate;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Steps;
import dev.aftertouch.service.documents.Documents;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Campaign versions with their templates compiled, kept in memory: a version never changes. The
 * least recently used give way.
 */
public final class Versions {
  /** A published version. */
  public record Key(UUID business, UUID campaign, int version) {}

  /**
   * What the gate needs of a version.
   *
   * @param templates by step id
   * @param firstText id of the step that sends the first text; null when none does
   */
  public record Version(
      @Nullable BusinessHours businessHours,
      Map<String, CompiledTemplate> templates,
      @Nullable String firstText) {}

  private static final int KEPT = 1_000;

  private final JdbcClient jdbc;
  private final Documents documents;
  private final Map<Key, Version> kept =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Version> eldest) {
          return size() > KEPT;
        }
      };

  Versions(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /** That version; empty when it has not been seen yet. */
  public Optional<Version> find(Key key) {
    synchronized (kept) {
      Version known = kept.get(key);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<Version> read =
        jdbc.sql(
                """
                SELECT definition::text FROM campaign_versions
                WHERE business_id = :business AND campaign_id = :campaign AND version = :version
                """)
            .param("business", key.business())
            .param("campaign", key.campaign())
            .param("version", key.version())
            .query(String.class)
            .optional()
            .map(text -> compile(documents.campaign(text)));
    read.ifPresent(
        version -> {
          synchronized (kept) {
            kept.put(key, version);
          }
        });
    return read;
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
    return new Version(definition.settings().businessHours(), Map.copyOf(templates), firstText);
  }
}
