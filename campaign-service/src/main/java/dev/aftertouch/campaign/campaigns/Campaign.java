package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignStatus;
import dev.aftertouch.engine.definition.PauseMode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as it stands.
 *
 * @param presetKey of a preset; null for a business's own campaign
 * @param draft what would be published now, wording of templates as it was when the draft was saved
 * @param currentVersion what new enrollments follow; null while never published
 */
record Campaign(
    UUID id,
    @Nullable String presetKey,
    CampaignDefinition draft,
    CampaignStatus status,
    PauseMode pauseMode,
    @Nullable Integer currentVersion,
    long revision,
    Instant createdAt,
    Instant updatedAt) {

  boolean isPreset() {
    return presetKey != null;
  }

  Campaign withDraft(CampaignDefinition other) {
    return new Campaign(
        id, presetKey, other, status, pauseMode, currentVersion, revision, createdAt, updatedAt);
  }
}
