package dev.aftertouch.dispatch.messages;

import java.util.UUID;

/**
 * Ids for the attempts of one batch. They differ in their last two bytes; the rest names the bundle
 * that keeps the message, so that whoever knows an attempt finds what was frozen for it.
 */
public final class AttemptIds {
  private static final long PLACE = 0xFFFF;

  private final UUID bundle = bundleOf(UUID.randomUUID());
  private long given;

  /** A new one. */
  public UUID next() {
    if (given > PLACE) {
      throw new IllegalStateException("A batch has at most " + (PLACE + 1) + " attempts");
    }
    return new UUID(bundle.getMostSignificantBits(), bundle.getLeastSignificantBits() | given++);
  }

  /** The bundle of that attempt. */
  static UUID bundleOf(UUID attempt) {
    return new UUID(attempt.getMostSignificantBits(), attempt.getLeastSignificantBits() & ~PLACE);
  }
}
