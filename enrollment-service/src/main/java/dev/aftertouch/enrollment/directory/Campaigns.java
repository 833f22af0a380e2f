package dev.aftertouch.enrollment.directory;

import dev.aftertouch.engine.definition.PauseMode;
import dev.aftertouch.enrollment.sql.Rows;
import dev.aftertouch.service.documents.DefinitionIds;
import dev.aftertouch.service.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The replica of campaigns and their versions. */
@Repository
class Campaigns {
  /** A standing as told, with the revision that decides which of two is newer. */
  record Told(
      UUID businessId,
      UUID campaignId,
      String name,
      String status,
      @Nullable String serviceType,
      @Nullable Integer currentVersion,
      String pauseMode,
      long revision,
      Instant changedAt) {}

  /** A version as told. */
  record Version(VersionKey key, String definition) {}

  private final JdbcClient jdbc;

  Campaigns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void keepVersions(List<Version> versions) {
    jdbc.sql(
            """
            INSERT INTO campaign_versions (business_id, campaign_id, version, definition, digest)
            SELECT n.business_id, n.campaign_id, n.version, n.definition, sha256(convert_to(n.definition, 'UTF8'))
            FROM unnest(:businesses, :campaigns, :versions, :definitions) AS n (business_id, campaign_id, version, definition)
            ON CONFLICT DO NOTHING
            """)
        .param("businesses", Columns.uuids(versions, v -> v.key().businessId()))
        .param("campaigns", Columns.uuids(versions, v -> v.key().campaignId()))
        .param("versions", Columns.ints(versions, v -> v.key().version()))
        .param("definitions", Columns.texts(versions, Version::definition))
        .update();
  }

  /** Keeps what is newer than what is known. No campaign may occur twice. */
  void keepStandings(Collection<Told> told) {
    jdbc.sql(
            """
            INSERT INTO campaigns AS known
              (business_id, campaign_id, name, status, service_type, current_version, pause_mode, revision, changed_at)
            SELECT * FROM unnest(:businesses, :campaigns, :names, :statuses, :serviceTypes, :versions, :pauseModes,
                                 :revisions, :changedAt) AS told (business_id, campaign_id)
            ORDER BY business_id, campaign_id
            ON CONFLICT (business_id, campaign_id) DO UPDATE SET
              name = excluded.name, status = excluded.status, service_type = excluded.service_type,
              current_version = excluded.current_version, pause_mode = excluded.pause_mode,
              revision = excluded.revision, changed_at = excluded.changed_at
            WHERE known.revision < excluded.revision AND known.status <> 'deleted'
            """)
        .param("businesses", Columns.uuids(told, Told::businessId))
        .param("campaigns", Columns.uuids(told, Told::campaignId))
        .param("names", Columns.texts(told, Told::name))
        .param("statuses", Columns.texts(told, Told::status))
        .param("serviceTypes", Columns.texts(told, Told::serviceType))
        .param("versions", Columns.optionalInts(told, Told::currentVersion))
        .param("pauseModes", Columns.texts(told, Told::pauseMode))
        .param("revisions", Columns.longs(told, Told::revision))
        .param("changedAt", Columns.instants(told, Told::changedAt))
        .update();
  }

  List<StandingCampaign> standings(Collection<UUID> businesses, Collection<UUID> campaigns) {
    return jdbc.sql(
            """
            SELECT business_id, campaign_id, name, status, current_version, pause_mode
            FROM campaigns WHERE business_id = ANY (:businesses) AND campaign_id = ANY (:campaigns)
            """)
        .param("businesses", Columns.uuids(businesses, id -> id))
        .param("campaigns", Columns.uuids(campaigns, id -> id))
        .query(Campaigns::standing)
        .list();
  }

  /** The campaigns that may enroll. */
  List<StandingCampaign> enrolling(Collection<UUID> businesses) {
    return jdbc.sql(
            """
            SELECT business_id, campaign_id, name, status, current_version, pause_mode
            FROM campaigns
            WHERE business_id = ANY (:businesses) AND status IN ('active', 'paused') AND current_version IS NOT NULL
            ORDER BY business_id, campaign_id
            """)
        .param("businesses", Columns.uuids(businesses, id -> id))
        .query(Campaigns::standing)
        .list();
  }

  /**
   * Those of the campaigns that hold their enrollments at present, locked against the end of the
   * pause.
   */
  List<StandingCampaign> lockHolding(Collection<UUID> businesses, Collection<UUID> campaigns) {
    return jdbc.sql(
            """
            SELECT business_id, campaign_id, name, status, current_version, pause_mode
            FROM campaigns
            WHERE business_id = ANY (:businesses) AND campaign_id = ANY (:campaigns)
              AND status = 'paused' AND pause_mode = 'hold'
            ORDER BY business_id, campaign_id
            FOR SHARE
            """)
        .param("businesses", Columns.uuids(businesses, id -> id))
        .param("campaigns", Columns.uuids(campaigns, id -> id))
        .query(Campaigns::standing)
        .list();
  }

  /** What those versions say that are here, by {@link DefinitionIds}. */
  Map<VersionKey, UUID> definitionIds(Collection<VersionKey> keys) {
    Map<VersionKey, UUID> found = HashMap.newHashMap(keys.size());
    select(keys, "coalesce(v.digest, sha256(convert_to(v.definition, 'UTF8')))")
        .query(
            row -> {
              found.put(key(row), DefinitionIds.of(row.getBytes(4)));
            });
    return found;
  }

  /** The definitions of those versions that are here. */
  Map<VersionKey, String> definitions(Collection<VersionKey> keys) {
    Map<VersionKey, String> found = HashMap.newHashMap(keys.size());
    select(keys, "v.definition")
        .query(
            row -> {
              found.put(key(row), row.getString(4));
            });
    return found;
  }

  private JdbcClient.StatementSpec select(Collection<VersionKey> keys, String column) {
    return jdbc.sql(
            "SELECT v.business_id, v.campaign_id, v.version, "
                + column
                + """

                FROM unnest(:businesses, :campaigns, :versions) AS wanted (business_id, campaign_id, version)
                JOIN campaign_versions v USING (business_id, campaign_id, version)
                """)
        .param("businesses", Columns.uuids(keys, VersionKey::businessId))
        .param("campaigns", Columns.uuids(keys, VersionKey::campaignId))
        .param("versions", Columns.ints(keys, VersionKey::version));
  }

  private static VersionKey key(ResultSet row) throws SQLException {
    return new VersionKey(
        Rows.uuid(row, "business_id"), Rows.uuid(row, "campaign_id"), row.getInt("version"));
  }

  private static StandingCampaign standing(ResultSet row, int index) throws SQLException {
    Integer version = row.getObject("current_version", Integer.class);
    return new StandingCampaign(
        Rows.uuid(row, "business_id"),
        Rows.uuid(row, "campaign_id"),
        row.getString("name"),
        StandingCampaign.status(row.getString("status")),
        version,
        PauseMode.valueOf(row.getString("pause_mode").toUpperCase(Locale.ROOT)));
  }
}
