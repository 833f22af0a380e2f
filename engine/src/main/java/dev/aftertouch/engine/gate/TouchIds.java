package dev.aftertouch.engine.gate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Ids that follow from what they name, so that a repeat is recognised everywhere. Name-based UUIDs
 * (RFC 9562, version 3).
 */
public final class TouchIds {
  private static final int UUID_BYTES = 16;

  private TouchIds() {}

  /** The touch of that enrollment and step: the same for every round. */
  public static UUID touchId(UUID enrollmentId, String stepId) {
    return named(enrollmentId, stepId);
  }

  private static UUID named(UUID space, String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(
        ByteBuffer.allocate(UUID_BYTES + text.length)
            .putLong(space.getMostSignificantBits())
            .putLong(space.getLeastSignificantBits())
            .put(text)
            .array());
  }
}
