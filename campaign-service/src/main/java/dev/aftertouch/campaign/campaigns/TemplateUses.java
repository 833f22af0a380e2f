package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Template;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table template_uses: which step of a draft takes its wording from which template. */
@Repository
class TemplateUses {
  private final JdbcClient jdbc;

  TemplateUses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A template that a step may use. */
  record Usable(UUID id, Channel channel, Template wording) {}

  /** The template of each step that uses one, with its present wording. */
  Map<String, Usable> of(UUID business, UUID campaign) {
    Map<String, Usable> byStep = new HashMap<>();
    jdbc.sql(
            """
            SELECT step_id, template_id, channel, subject, body
            FROM template_uses JOIN templates USING (business_id, template_id)
            WHERE business_id = :business AND campaign_id = :campaign
            """)
        .param("business", business)
        .param("campaign", campaign)
        .query(
            row -> {
              byStep.put(
                  row.getString("step_id"),
                  new Usable(
                      row.getObject("template_id", UUID.class),
                      channel(row.getString("channel")),
                      new Template(row.getString("subject"), row.getString("body"))));
            });
    return byStep;
  }

  /** Those of the templates that exist, kept from being deleted until the transaction ends. */
  Map<UUID, Usable> existing(UUID business, Collection<UUID> templates) {
    Map<UUID, Usable> byId = new HashMap<>();
    jdbc.sql(
            """
            SELECT template_id, channel, subject, body
            FROM templates WHERE business_id = :business AND template_id = ANY(:templates)
            FOR KEY SHARE
            """)
        .param("business", business)
        .param("templates", templates.toArray(UUID[]::new))
        .query(
            row -> {
              UUID id = row.getObject("template_id", UUID.class);
              byId.put(
                  id,
                  new Usable(
                      id,
                      channel(row.getString("channel")),
                      new Template(row.getString("subject"), row.getString("body"))));
            });
    return byId;
  }

  void replace(UUID business, UUID campaign, Map<String, UUID> templatesByStep) {
    remove(business, campaign);
    jdbc.sql(
            """
            INSERT INTO template_uses (business_id, campaign_id, step_id, template_id)
            SELECT :business, :campaign, step_id, template_id
            FROM unnest(:steps::text[], :templates::uuid[]) AS uses (step_id, template_id)
            """)
        .param("business", business)
        .param("campaign", campaign)
        .param("steps", templatesByStep.keySet().toArray(String[]::new))
        .param("templates", templatesByStep.values().toArray(UUID[]::new))
        .update();
  }

  void remove(UUID business, UUID campaign) {
    jdbc.sql("DELETE FROM template_uses WHERE business_id = :business AND campaign_id = :campaign")
        .param("business", business)
        .param("campaign", campaign)
        .update();
  }

  private static Channel channel(String code) {
    return Channel.valueOf(code.toUpperCase(Locale.ROOT));
  }
}
