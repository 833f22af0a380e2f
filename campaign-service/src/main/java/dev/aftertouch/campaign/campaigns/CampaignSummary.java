package dev.aftertouch.campaign.campaigns;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A campaign in a list. */
record CampaignSummary(
    UUID id,
    @JsonProperty("is_preset") boolean preset,
    @Nullable String presetKey,
    String name,
    String kind,
    @Nullable String serviceType,
    String status,
    String pauseMode,
    @Nullable Integer currentVersion,
    boolean enrollsOnJob,
    long revision,
    Instant createdAt,
    Instant updatedAt) {

  static CampaignSummary of(ResultSet row, int number) throws SQLException {
    String presetKey = row.getString("preset_key");
    return new CampaignSummary(
        row.getObject("campaign_id", UUID.class),
        presetKey != null,
        presetKey,
        row.getString("name"),
        row.getString("kind"),
        row.getString("service_type"),
        row.getString("status"),
        row.getString("pause_mode"),
        row.getObject("current_version", Integer.class),
        row.getBoolean("enrolls_on_job"),
        row.getLong("revision"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }
}
