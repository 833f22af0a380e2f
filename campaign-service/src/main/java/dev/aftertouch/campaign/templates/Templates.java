package dev.aftertouch.campaign.templates;

import dev.aftertouch.engine.definition.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table templates. */
@Repository
class Templates {
  private final JdbcClient jdbc;

  Templates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<StoredTemplate> list(UUID business, @Nullable Channel channel, int limit, long offset) {
    return jdbc.sql(
            """
            SELECT template_id, name, channel, subject, body, revision, created_at, updated_at
            FROM templates
            WHERE business_id = :business AND (:channel::text IS NULL OR channel = :channel)
            ORDER BY name LIMIT :limit OFFSET :offset
            """)
        .param("business", business)
        .param("channel", channel == null ? null : channel.code())
        .param("limit", limit)
        .param("offset", offset)
        .query(Templates::template)
        .list();
  }

  long count(UUID business, @Nullable Channel channel) {
    return jdbc.sql(
            """
            SELECT count(*) FROM templates
            WHERE business_id = :business AND (:channel::text IS NULL OR channel = :channel)
            """)
        .param("business", business)
        .param("channel", channel == null ? null : channel.code())
        .query(Long.class)
        .single();
  }

  Optional<StoredTemplate> find(UUID business, UUID template) {
    return jdbc.sql(
            """
            SELECT template_id, name, channel, subject, body, revision, created_at, updated_at
            FROM templates WHERE business_id = :business AND template_id = :template
            """)
        .param("business", business)
        .param("template", template)
        .query(Templates::template)
        .optional();
  }

  Optional<StoredTemplate> lock(UUID business, UUID template) {
    return jdbc.sql(
            """
            SELECT template_id, name, channel, subject, body, revision, created_at, updated_at
            FROM templates WHERE business_id = :business AND template_id = :template FOR UPDATE
            """)
        .param("business", business)
        .param("template", template)
        .query(Templates::template)
        .optional();
  }

  /** Adds a template; empty when the business does not exist. */
  Optional<StoredTemplate> add(UUID business, UUID template, TemplateDraft draft, Instant now) {
    return jdbc.sql(
            """
            INSERT INTO templates (template_id, business_id, name, channel, subject, body, created_at, updated_at)
            SELECT :template, business_id, :name, :channel, :subject, :body, :now, :now
            FROM businesses WHERE business_id = :business
            RETURNING template_id, name, channel, subject, body, revision, created_at, updated_at
            """)
        .param("template", template)
        .param("business", business)
        .param("name", draft.name())
        .param("channel", draft.channel().code())
        .param("subject", draft.subject())
        .param("body", draft.body())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Templates::template)
        .optional();
  }

  StoredTemplate change(UUID business, UUID template, TemplateDraft draft, Instant now) {
    return jdbc.sql(
            """
            UPDATE templates
            SET name = :name, subject = :subject, body = :body, revision = revision + 1, updated_at = :now
            WHERE business_id = :business AND template_id = :template
            RETURNING template_id, name, channel, subject, body, revision, created_at, updated_at
            """)
        .param("template", template)
        .param("business", business)
        .param("name", draft.name())
        .param("subject", draft.subject())
        .param("body", draft.body())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Templates::template)
        .single();
  }

  void delete(UUID business, UUID template) {
    jdbc.sql("DELETE FROM templates WHERE business_id = :business AND template_id = :template")
        .param("business", business)
        .param("template", template)
        .update();
  }

  /** The names of the campaigns whose drafts use the template. */
  List<String> users(UUID business, UUID template) {
    return jdbc.sql(
            """
            SELECT DISTINCT campaigns.name
            FROM template_uses JOIN campaigns USING (business_id, campaign_id)
            WHERE business_id = :business AND template_id = :template
            ORDER BY campaigns.name
            """)
        .param("business", business)
        .param("template", template)
        .query(String.class)
        .list();
  }

  private static StoredTemplate template(ResultSet row, int number) throws SQLException {
    return new StoredTemplate(
        row.getObject("template_id", UUID.class),
        row.getString("name"),
        Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
        row.getString("subject"),
        row.getString("body"),
        row.getLong("revision"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }
}
