package dev.aftertouch.campaign.businesses;

import dev.aftertouch.engine.business.BusinessSettings;
import java.time.Instant;
import java.util.UUID;

/** A business as it stands. */
public record Business(
    UUID id, String name, BusinessSettings settings, long revision, Instant updatedAt) {}
