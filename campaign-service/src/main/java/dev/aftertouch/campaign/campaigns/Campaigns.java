package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.CampaignStatus;
import dev.aftertouch.engine.definition.PauseMode;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.service.documents.Documents;
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

/** The table campaigns: drafts and standing. */
@Repository
class Campaigns {
  private final JdbcClient jdbc;
  private final Documents documents;

  Campaigns(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /** Which campaigns a list shows; null means any. */
  record Filter(
      @Nullable CampaignStatus status, @Nullable CampaignKind kind, boolean includePresets) {}

  /** Another campaign that holds a service. */
  record Rival(UUID campaignId, String name) {}

  /** Where a campaign stands after a command. */
  record Standing(
      CampaignStatus status,
      PauseMode pauseMode,
      @Nullable Integer currentVersion,
      @Nullable CampaignDefinition live) {}

  List<CampaignSummary> list(UUID business, Filter filter, int limit, long offset) {
    return filtered(
            """
            SELECT campaign_id, preset_key, name, kind, service_type, status, pause_mode, current_version,
                   enrolls_on_job, revision, created_at, updated_at
            FROM campaigns
            WHERE (business_id = :business OR (is_preset AND :presets)) AND deleted_at IS NULL
              AND (:status::text IS NULL OR status = :status) AND (:kind::text IS NULL OR kind = :kind)
            ORDER BY is_preset, updated_at DESC, campaign_id
            LIMIT :limit OFFSET :offset
            """,
            business,
            filter)
        .param("limit", limit)
        .param("offset", offset)
        .query(CampaignSummary::of)
        .list();
  }

  long count(UUID business, Filter filter) {
    return filtered(
            """
            SELECT count(*)
            FROM campaigns
            WHERE (business_id = :business OR (is_preset AND :presets)) AND deleted_at IS NULL
              AND (:status::text IS NULL OR status = :status) AND (:kind::text IS NULL OR kind = :kind)
            """,
            business,
            filter)
        .query(Long.class)
        .single();
  }

  private JdbcClient.StatementSpec filtered(String sql, UUID business, Filter filter) {
    return jdbc.sql(sql)
        .param("business", business)
        .param("presets", filter.includePresets())
        .param("status", filter.status() == null ? null : filter.status().code())
        .param("kind", filter.kind() == null ? null : filter.kind().code());
  }

  /** One of the business's own campaigns, or a preset. */
  Optional<Campaign> find(UUID business, UUID campaign) {
    return jdbc.sql(
            """
            SELECT campaign_id, preset_key, definition, status, pause_mode, current_version, revision, created_at, updated_at
            FROM campaigns
            WHERE campaign_id = :campaign AND (business_id = :business OR is_preset) AND deleted_at IS NULL
            """)
        .param("business", business)
        .param("campaign", campaign)
        .query(this::campaign)
        .optional();
  }

  /**
   * One of the business's own campaigns, so that its changes come one after the other. Presets are
   * not found.
   */
  Optional<Campaign> lock(UUID business, UUID campaign) {
    return jdbc.sql(
            """
            SELECT campaign_id, preset_key, definition, status, pause_mode, current_version, revision, created_at, updated_at
            FROM campaigns
            WHERE campaign_id = :campaign AND business_id = :business AND deleted_at IS NULL
            FOR NO KEY UPDATE
            """)
        .param("business", business)
        .param("campaign", campaign)
        .query(this::campaign)
        .optional();
  }

  List<Campaign> presets() {
    return jdbc.sql(
            """
            SELECT campaign_id, preset_key, definition, status, pause_mode, current_version, revision, created_at, updated_at
            FROM campaigns WHERE is_preset
            """)
        .query(this::campaign)
        .list();
  }

  /** Whether the business ever had a campaign, deleted ones included. */
  boolean hadAny(UUID business) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM campaigns WHERE business_id = :business)")
        .param("business", business)
        .query(Boolean.class)
        .single();
  }

  /** Adds a draft; false when the business does not exist. */
  boolean add(UUID business, UUID campaign, CampaignDefinition draft, Instant now) {
    return described(
                jdbc.sql(
                    """
                    INSERT INTO campaigns (campaign_id, business_id, name, kind, service_type, enrolls_on_job, definition,
                                           status, pause_mode, created_at, updated_at)
                    SELECT :campaign, business_id, :name, :kind, :service, :enrolls, :definition::jsonb,
                           'draft', :pauseMode, :now, :now
                    FROM businesses WHERE business_id = :business
                    """),
                draft)
            .param("pauseMode", code(draft.settings().pauseMode()))
            .param("business", business)
            .param("campaign", campaign)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  void changeDraft(UUID business, UUID campaign, CampaignDefinition draft, Instant now) {
    described(
            jdbc.sql(
                """
                UPDATE campaigns
                SET name = :name, kind = :kind, service_type = :service, enrolls_on_job = :enrolls,
                    definition = :definition::jsonb, revision = revision + 1, updated_at = :now
                WHERE business_id = :business AND campaign_id = :campaign
                """),
            draft)
        .param("business", business)
        .param("campaign", campaign)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private JdbcClient.StatementSpec described(
      JdbcClient.StatementSpec statement, CampaignDefinition draft) {
    return statement
        .param("name", draft.name())
        .param("kind", draft.kind().code())
        .param("service", code(draft.serviceType()))
        .param("enrolls", draft.enrollsOnJobCompletion())
        .param("definition", documents.write(draft));
  }

  /** Writes where the campaign stands now; answers its new revision. */
  long stand(UUID business, UUID campaign, Standing standing, Instant now) {
    CampaignDefinition live = standing.live();
    return jdbc.sql(
            """
            UPDATE campaigns
            SET status = :status, pause_mode = :pauseMode, current_version = :version,
                live_service_type = :service, live_enrolls_on_job = :enrolls,
                revision = revision + 1, updated_at = :now
            WHERE business_id = :business AND campaign_id = :campaign
            RETURNING revision
            """)
        .param("status", standing.status().code())
        .param("pauseMode", code(standing.pauseMode()))
        .param("version", standing.currentVersion())
        .param("service", live == null ? null : code(live.serviceType()))
        .param("enrolls", live != null && live.enrollsOnJobCompletion())
        .param("business", business)
        .param("campaign", campaign)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  /** Hides the campaign for good; answers its last revision. */
  long delete(UUID business, UUID campaign, Instant now) {
    return jdbc.sql(
            """
            UPDATE campaigns SET deleted_at = :now, revision = revision + 1, updated_at = :now
            WHERE business_id = :business AND campaign_id = :campaign
            RETURNING revision
            """)
        .param("business", business)
        .param("campaign", campaign)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  /**
   * Who holds that service, other than the campaign itself: as a draft, or with what is live
   * (MT-D1).
   */
  Optional<Rival> rival(UUID business, UUID campaign, @Nullable ServiceType service) {
    return jdbc.sql(
            """
            SELECT campaign_id, name
            FROM campaigns
            WHERE business_id = :business AND campaign_id <> :campaign AND deleted_at IS NULL AND status <> 'archived'
              AND ((enrolls_on_job AND service_type IS NOT DISTINCT FROM :service::text)
                OR (live_enrolls_on_job AND status IN ('active', 'paused')
                    AND live_service_type IS NOT DISTINCT FROM :service::text))
            ORDER BY created_at
            LIMIT 1
            """)
        .param("business", business)
        .param("campaign", campaign)
        .param("service", code(service))
        .query(
            (row, number) ->
                new Rival(row.getObject("campaign_id", UUID.class), row.getString("name")))
        .optional();
  }

  private Campaign campaign(ResultSet row, int number) throws SQLException {
    return new Campaign(
        row.getObject("campaign_id", UUID.class),
        row.getString("preset_key"),
        documents.campaign(row.getString("definition")),
        CampaignStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        PauseMode.valueOf(row.getString("pause_mode").toUpperCase(Locale.ROOT)),
        row.getObject("current_version", Integer.class),
        row.getLong("revision"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static @Nullable String code(@Nullable ServiceType service) {
    return service == null ? null : service.code();
  }

  private static String code(PauseMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
