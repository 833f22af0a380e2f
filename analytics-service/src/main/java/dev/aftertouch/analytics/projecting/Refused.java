package dev.aftertouch.analytics.projecting;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer who was not enrolled.
 *
 * @param campaignId null when none matched
 */
record Refused(
    UUID businessId, UUID factId, @Nullable UUID campaignId, String reason, Instant at) {}
