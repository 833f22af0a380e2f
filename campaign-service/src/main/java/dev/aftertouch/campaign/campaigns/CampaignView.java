package dev.aftertouch.campaign.campaigns;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.CampaignStatus;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.engine.definition.PauseMode;
import dev.aftertouch.engine.definition.ServiceType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A campaign as the API shows it.
 *
 * @param hasUnpublishedChanges whether activating would make a new version
 * @param definition the draft, with {@code template_id} where a step uses a template
 * @param errors what keeps the draft from being published; empty when nothing does
 */
record CampaignView(
    UUID id,
    @JsonProperty("is_preset") boolean preset,
    @Nullable String presetKey,
    String name,
    CampaignKind kind,
    @Nullable ServiceType serviceType,
    CampaignStatus status,
    PauseMode pauseMode,
    @Nullable Integer currentVersion,
    boolean hasUnpublishedChanges,
    long revision,
    Instant createdAt,
    Instant updatedAt,
    JsonNode definition,
    List<FieldError> errors) {}
