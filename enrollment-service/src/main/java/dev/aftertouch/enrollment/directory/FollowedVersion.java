package dev.aftertouch.enrollment.directory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version that an enrollment follows.
 *
 * @param definitionId of what the version says; null where it was not noted
 */
public record FollowedVersion(VersionKey key, @Nullable UUID definitionId) {}
