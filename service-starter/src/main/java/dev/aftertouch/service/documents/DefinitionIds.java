package dev.aftertouch.service.documents;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Ids of campaign definitions, by what they say: equal texts have equal ids, whoever asks. So the
 * businesses that took over the same preset share what was read or compiled of it.
 */
public final class DefinitionIds {
  private DefinitionIds() {}

  /** The id of the text with that SHA-256 digest: its first sixteen bytes. */
  public static UUID of(byte[] digest) {
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
