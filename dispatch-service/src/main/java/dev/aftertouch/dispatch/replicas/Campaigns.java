package dev.aftertouch.dispatch.replicas;

import dev.aftertouch.engine.gate.GateFacts.CampaignStanding;
import dev.aftertouch.facts.CampaignDeleted;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CampaignPublished;
import dev.aftertouch.facts.CampaignStatusChanged;
import dev.aftertouch.service.sql.Columns;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether campaigns send, and their published versions. */
public final class Campaigns {
  /** A campaign of a business. */
  public record Key(UUID business, UUID campaign) {}

  private static final String DELETED = "deleted";
  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::business).thenComparing(Key::campaign);
  private static final Comparator<Versions.Key> VERSION_ORDER =
      Comparator.comparing(Versions.Key::business)
          .thenComparing(Versions.Key::campaign)
          .thenComparing(Versions.Key::version);

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
            FROM unnest(:businesses, :campaigns) AS k (business_id, campaign_id)
            JOIN campaigns c USING (business_id, campaign_id)
            """)
        .param("businesses", Columns.uuids(campaigns, Key::business))
        .param("campaigns", Columns.uuids(campaigns, Key::campaign))
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

  /**
   * Works facts in, with a statement for the versions and one for the standings; an older revision
   * never replaces a newer one, a version never changes, and nothing follows a deletion.
   */
  void apply(List<CampaignFact> facts) {
    Map<Versions.Key, String> published = new TreeMap<>(VERSION_ORDER);
    Map<Key, Told> standings = new TreeMap<>(ORDER);
    for (CampaignFact fact : facts) {
      Key key = new Key(fact.getBusinessId(), fact.getCampaignId());
      switch (fact.getFact()) {
        case CampaignPublished version ->
            published.putIfAbsent(
                new Versions.Key(key.business(), key.campaign(), version.getVersion()),
                version.getDefinition());
        case CampaignStatusChanged changed ->
            standings.merge(
                key,
                new Told(
                    fact.getRevision(),
                    changed.getName(),
                    changed.getStatus(),
                    changed.getPauseMode()),
                Told::then);
        case CampaignDeleted deleted ->
            standings.merge(
                key, new Told(fact.getRevision(), deleted.getName(), DELETED, "stop"), Told::then);
        default -> throw new IllegalArgumentException("Unknown kind of campaign fact");
      }
    }
    add(published);
    stand(standings);
  }

  /** What was told of a campaign. */
  private record Told(long revision, String name, String status, String pauseMode) {
    Told then(Told later) {
      return later.revision > revision && !status.equals(DELETED) ? later : this;
    }
  }

  private void add(Map<Versions.Key, String> published) {
    if (published.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO campaign_versions (business_id, campaign_id, version, definition, digest)
            SELECT n.business_id, n.campaign_id, n.version, n.definition::json, sha256(convert_to(n.definition, 'UTF8'))
            FROM unnest(:businesses, :campaigns, :versions, :definitions) AS n (business_id, campaign_id, version, definition)
            ON CONFLICT (business_id, campaign_id, version) DO NOTHING
            """)
        .param("businesses", Columns.uuids(published.keySet(), Versions.Key::business))
        .param("campaigns", Columns.uuids(published.keySet(), Versions.Key::campaign))
        .param("versions", Columns.ints(published.keySet(), Versions.Key::version))
        .param("definitions", Columns.texts(published.values(), Function.identity()))
        .update();
  }

  private void stand(Map<Key, Told> standings) {
    if (standings.isEmpty()) {
      return;
    }
    Collection<Told> told = standings.values();
    jdbc.sql(
            """
            INSERT INTO campaigns (business_id, campaign_id, revision, name, status, pause_mode)
            SELECT * FROM unnest(:businesses, :campaigns, :revisions, :names, :statuses, :pauseModes)
            ON CONFLICT (business_id, campaign_id) DO UPDATE
            SET revision = excluded.revision, name = excluded.name, status = excluded.status,
                pause_mode = excluded.pause_mode
            WHERE campaigns.revision < excluded.revision AND campaigns.status <> 'deleted'
            """)
        .param("businesses", Columns.uuids(standings.keySet(), Key::business))
        .param("campaigns", Columns.uuids(standings.keySet(), Key::campaign))
        .param("revisions", Columns.longs(told, Told::revision))
        .param("names", Columns.texts(told, Told::name))
        .param("statuses", Columns.texts(told, Told::status))
        .param("pauseModes", Columns.texts(told, Told::pauseMode))
        .update();
  }
}
