package dev.aftertouch.enrollment.directory;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.service.documents.DefinitionIds;
import java.util.UUID;

/**
 * What a version says.
 *
 * @param id of what it says, by {@link DefinitionIds}
 */
public record Definition(UUID id, CampaignDefinition campaign) {}
