package dev.aftertouch.sandbox.resend;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of e-mails. Those of one batch follow each other, so that its first id is enough to answer a
 * repeated batch.
 */
final class BatchIds {
  /** Stands between the key and the place of an e-mail in its batch, in the ledger only. */
  static final String PLACE = "#batch:";

  private BatchIds() {}

  /** Random, version 4; not unguessable, which nobody needs here. */
  static UUID first() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFF00L) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  static UUID at(UUID first, int place) {
    return new UUID(first.getMostSignificantBits(), first.getLeastSignificantBits() + place);
  }
}
