package dev.aftertouch.sandbox.ledger;

import java.util.Arrays;

/** A set of 64-bit hashes in one array, open addressing, at most 60 % full. */
final class HashSet64 {
  private long[] slots = new long[1024];
  private int size;

  /** FNV-1a over the characters, mixed; never 0, which marks a free slot. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }

  /** True where it was not in yet. */
  boolean add(long hash) {
    if (size * 10L > slots.length * 6L) {
      grow();
    }
    int at = slot(slots, hash);
    if (slots[at] == hash) {
      return false;
    }
    slots[at] = hash;
    size++;
    return true;
  }

  private void grow() {
    long[] wider = new long[slots.length * 2];
    Arrays.stream(slots).filter(hash -> hash != 0).forEach(hash -> wider[slot(wider, hash)] = hash);
    slots = wider;
  }

  private static int slot(long[] slots, long hash) {
    int mask = slots.length - 1;
    int at = (int) hash & mask;
    while (slots[at] != 0 && slots[at] != hash) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
