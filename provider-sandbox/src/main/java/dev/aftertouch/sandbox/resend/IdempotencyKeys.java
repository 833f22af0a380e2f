package dev.aftertouch.sandbox.resend;

import dev.aftertouch.sandbox.ledger.LedgerEntry;
import dev.aftertouch.sandbox.ledger.Outcome;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Keys already used, for 24 hours of virtual time, with a fingerprint of their payload and the id
 * that was answered: 56 bytes a key, because a benchmark uses millions. A key is known by 128 bits
 * of hash, a payload by the first 64 bits of its SHA-256.
 */
public final class IdempotencyKeys {
  private static final long KEPT_MILLIS = 24 * 3_600_000L;

  /** key high, key low, payload, id high, id low, used at. */
  private static final int WIDTH = 6;

  private final Set<String> inProgress = new HashSet<>();
  private long[] rows = new long[WIDTH * 1024];
  private int[] slots = new int[2048];
  private int size;

  /** What a key means for a request. */
  public sealed interface Claim {
    /** Never seen, or long ago: it is now in progress until {@link #used} or {@link #abandon}. */
    record Fresh() implements Claim {}

    record Repeated(UUID id) implements Claim {}

    record OtherPayload() implements Claim {}

    record InProgress() implements Claim {}
  }

  /**
   * @param sha256 of the payload, as hex
   * @param now virtual, in epoch milliseconds
   */
  public synchronized Claim claim(String key, String sha256, long now) {
    if (inProgress.contains(key)) {
      return new Claim.InProgress();
    }
    int slot = slot(rows, slots, high(key), low(key));
    int row = (slots[slot] - 1) * WIDTH;
    if (row < 0 || now - rows[row + 5] > KEPT_MILLIS) {
      inProgress.add(key);
      return new Claim.Fresh();
    }
    return rows[row + 2] == fingerprint(sha256)
        ? new Claim.Repeated(new UUID(rows[row + 3], rows[row + 4]))
        : new Claim.OtherPayload();
  }

  /** The request with this key created the message (or the batch that begins with this id). */
  public synchronized void used(String key, String sha256, UUID id, long now) {
    inProgress.remove(key);
    if ((size + 1) * 10L > slots.length * 6L) {
      grow();
    }
    long high = high(key);
    long low = low(key);
    int slot = slot(rows, slots, high, low);
    if (slots[slot] == 0) {
      slots[slot] = ++size;
      if (size * WIDTH > rows.length) {
        rows = Arrays.copyOf(rows, rows.length / WIDTH * 3 / 2 * WIDTH);
      }
    }
    int row = (slots[slot] - 1) * WIDTH;
    rows[row] = high;
    rows[row + 1] = low;
    rows[row + 2] = fingerprint(sha256);
    rows[row + 3] = id.getMostSignificantBits();
    rows[row + 4] = id.getLeastSignificantBits();
    rows[row + 5] = now;
  }

  /** The request with this key created nothing, so the key is as good as new. */
  public synchronized void abandon(String key) {
    inProgress.remove(key);
  }

  /** Takes up what the ledger of an earlier run remembers. */
  public void replay(LedgerEntry.Kept kept) {
    LedgerEntry entry = kept.entry();
    String key = entry.key();
    if (entry.outcome() == Outcome.ACCEPTED && key != null && !entry.id().isEmpty()) {
      int place = key.lastIndexOf(BatchIds.PLACE);
      if (place < 0) {
        used(key, entry.sha256(), UUID.fromString(entry.id()), kept.virtualAt());
      } else if (key.endsWith(BatchIds.PLACE + "0")) {
        used(
            key.substring(0, place), entry.sha256(), UUID.fromString(entry.id()), kept.virtualAt());
      }
    }
  }

  public synchronized void clear() {
    inProgress.clear();
    rows = new long[WIDTH * 1024];
    slots = new int[2048];
    size = 0;
  }

  private void grow() {
    int[] wide = new int[slots.length * 2];
    for (int i = 0; i < size; i++) {
      wide[slot(rows, wide, rows[i * WIDTH], rows[i * WIDTH + 1])] = i + 1;
    }
    slots = wide;
  }

  private static int slot(long[] rows, int[] slots, long high, long low) {
    int mask = slots.length - 1;
    int at = (int) low & mask;
    while (slots[at] != 0) {
      int row = (slots[at] - 1) * WIDTH;
      if (rows[row] == high && rows[row + 1] == low) {
        break;
      }
      at = (at + 1) & mask;
    }
    return at;
  }

  private static long fingerprint(String sha256) {
    return Long.parseUnsignedLong(sha256, 0, 16, 16);
  }

  private static long high(String key) {
    return hash(key, 0xcbf29ce484222325L, 0x100000001b3L);
  }

  private static long low(String key) {
    return hash(key, 0x9e3779b97f4a7c15L, 0xd6e8feb86659fd93L);
  }

  private static long hash(String key, long seed, long factor) {
    long hash = seed;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * factor;
      hash ^= hash >>> 29;
    }
    return hash ^ (hash >>> 32);
  }
}
