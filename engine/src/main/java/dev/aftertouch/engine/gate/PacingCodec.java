package dev.aftertouch.engine.gate;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/**
 * A ledger as the bytes of one row. Form 1: the number of the form, then as variable-length numbers
 * the version, the first minute in which slots may be given, and for each minute that holds slots
 * its distance from the one before and their number. Equal ledgers give equal bytes.
 */
public final class PacingCodec {
  private static final int FORM = 1;

  private PacingCodec() {}

  /** The ledger without what no slot from {@code now} on depends on. */
  public static byte[] encode(Pacing ledger, Instant now) {
    ledger.prune(now);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    bytes.write(FORM);
    write(bytes, ledger.version());
    write(bytes, ledger.floor());
    long[] previous = {ledger.floor() - Pacing.SPAN};
    ledger.forEach(
        (minute, count) -> {
          write(bytes, minute - previous[0]);
          write(bytes, count);
          previous[0] = minute;
        });
    return bytes.toByteArray();
  }

  /**
   * The ledger of those bytes; an empty one for no bytes.
   *
   * @throws IllegalArgumentException when they are not a ledger
   */
  public static Pacing decode(byte[] bytes) {
    if (bytes.length == 0) {
      return new Pacing();
    }
    if (bytes[0] != FORM) {
      throw new IllegalArgumentException("Not a pacing ledger of form " + FORM);
    }
    Reader reader = new Reader(bytes);
    Pacing ledger = new Pacing(reader.next(), reader.next());
    long minute = ledger.floor() - Pacing.SPAN;
    while (reader.hasNext()) {
      minute += reader.next();
      ledger.restore(minute, Math.toIntExact(reader.next()));
    }
    return ledger;
  }

  private static void write(ByteArrayOutputStream bytes, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  private static final class Reader {
    private final byte[] bytes;
    private int position = 1;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean hasNext() {
      return position < bytes.length;
    }

    long next() {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        if (position == bytes.length) {
          throw new IllegalArgumentException("A pacing ledger ends too early");
        }
        byte part = bytes[position++];
        value |= (part & 0x7fL) << shift;
        if (part >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("A pacing ledger holds a number that is too long");
    }
  }
}
