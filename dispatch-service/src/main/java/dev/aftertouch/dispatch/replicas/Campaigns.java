package dev.aftertouch.dispatch.replicas;

import dev.aftertouch.engine.gate.GateFacts.CampaignStanding;
import dev.aftertouch.facts.CampaignDeleted;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CampaignPublished;
import dev.aftertouch.facts.CampaignStatusChanged;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether campaigns send, and their published versions. */
public final class Campaigns {
  /** A campaign of a business. */
  public record Key(UUID business, UUID campaign) {}

  private final JdbcClient jdbc;

  Campaigns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How the campaigns stand; one never seen is absent. */
  public Map<Key, CampaignStanding> standings(Collection<Key> campaigns) {
    Map<Key, CampaignStanding> standings = new HashMap<>();
    jdbc.sql(
            """
            SELECT c.business_id, c.campaign_id, c.status, c.pause_mode
            FROM unnest(:businesses::uuid[], :campaigns::uuid[]) AS k (business_id, campaign_id)
            JOIN campaigns c USING (business_id, campaign_id)
            """)
        .param(
            "businesses",
            campaigns.stream().map(key -> key.business().toString()).toArray(String[]::new))
        .param(
            "campaigns",
            campaigns.stream().map(key -> key.campaign().toString()).toArray(String[]::new))
        .query(
            row -> {
              standings.put(
                  new Key(
                      row.getObject("business_id", UUID.class),
                      row.getObject("campaign_id", UUID.class)),
                  standing(row.getString("status"), row.getString("pause_mode")));
            });
    return standings;
  }

  private static CampaignStanding standing(String status, String pauseMode) {
    return switch (status) {
      case "active" -> CampaignStanding.ACTIVE;
      case "paused" ->
          "hold".equals(pauseMode) ? CampaignStanding.HELD : CampaignStanding.NOT_ACTIVE;
      default -> CampaignStanding.NOT_ACTIVE;
    };
  }

  /** Works facts in; an older revision never replaces a newer one, a version never changes. */
  void apply(List<CampaignFact> facts) {
    for (CampaignFact fact : facts) {
      switch (fact.getFact()) {
        case CampaignPublished published -> add(fact, published);
        case CampaignStatusChanged changed ->
            stand(fact, changed.getName(), changed.getStatus(), changed.getPauseMode());
        case CampaignDeleted deleted -> stand(fact, deleted.getName(), "deleted", "stop");
        default -> throw new IllegalArgumentException("Unknown kind of campaign fact");
      }
    }
  }

  private void add(CampaignFact fact, CampaignPublished published) {
    jdbc.sql(
            """
            INSERT INTO campaign_versions (business_id, campaign_id, version, definition, digest)
            VALUES (:business, :campaign, :version, :definition::json, sha256(convert_to(:definition, 'UTF8')))
            ON CONFLICT (business_id, campaign_id, version) DO NOTHING
            """)
        .param("business", fact.getBusinessId())
        .param("campaign", fact.getCampaignId())
        .param("version", published.getVersion())
        .param("definition", published.getDefinition())
        .update();
  }

  private void stand(CampaignFact fact, String name, String status, String pauseMode) {
    jdbc.sql(
            """
            INSERT INTO campaigns (business_id, campaign_id, revision, name, status, pause_mode)
            VALUES (:business, :campaign, :revision, :name, :status, :pauseMode)
            ON CONFLICT (business_id, campaign_id) DO UPDATE
            SET revision = excluded.revision, name = excluded.name, status = excluded.status,
                pause_mode = excluded.pause_mode
            WHERE campaigns.revision < excluded.revision AND campaigns.status <> 'deleted'
            """)
        .param("business", fact.getBusinessId())
        .param("campaign", fact.getCampaignId())
        .param("revision", fact.getRevision())
        .param("name", name)
        .param("status", status)
        .param("pauseMode", pauseMode)
        .update();
  }
}
