package dev.aftertouch.enrollment.directory;

import java.util.UUID;

/** An immutable campaign version. */
public record VersionKey(UUID businessId, UUID campaignId, int version) {}
