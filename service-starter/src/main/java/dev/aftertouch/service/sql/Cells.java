package dev.aftertouch.service.sql;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ByteConverter;

/**
 * Values one after another as PostgreSQL keeps them, each after its length (-1 for null): what is
 * common to the binary forms of arrays and rows.
 */
final class Cells {
  /** From 1970 to 2000, where PostgreSQL counts from. */
  private static final long EPOCH_SECONDS = 946_684_800;

  private static final int NULL = -1;
  private static final int LENGTH = 4;

  private ByteBuffer buffer;

  Cells(int bytes) {
    buffer = ByteBuffer.allocate(bytes);
  }

  /** A number of the form itself, without a length. */
  void number(int value) {
    roomFor(4).putInt(value);
  }

  /** Leaves room for a length and tells where; see {@link #end}. */
  int begin() {
    number(0);
    return buffer.position();
  }

  /** Fills in the length of what was written since then. */
  void end(int begun) {
    buffer.putInt(begun - LENGTH, buffer.position() - begun);
  }

  void uuid(@Nullable UUID value) {
    if (value == null) {
      number(NULL);
    } else {
      of(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }
  }

  void text(@Nullable String value) {
    blob(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  void blob(byte @Nullable [] value) {
    if (value == null) {
      number(NULL);
    } else {
      of(value.length).put(value);
    }
  }

  void int4(int value) {
    of(4).putInt(value);
  }

  void optionalInt4(@Nullable Integer value) {
    if (value == null) {
      number(NULL);
    } else {
      int4(value);
    }
  }

  void int8(long value) {
    of(8).putLong(value);
  }

  void optionalInt8(@Nullable Long value) {
    if (value == null) {
      number(NULL);
    } else {
      int8(value);
    }
  }

  void flag(boolean value) {
    of(1).put((byte) (value ? 1 : 0));
  }

  /** To the microsecond; what is finer is cut off. */
  void instant(@Nullable Instant value) {
    if (value == null) {
      number(NULL);
    } else {
      int8(
          Math.addExact(
              Math.multiplyExact(value.getEpochSecond() - EPOCH_SECONDS, 1_000_000L),
              value.getNano() / 1_000));
    }
  }

  void decimal(@Nullable BigDecimal value) {
    blob(value == null ? null : ByteConverter.numeric(value));
  }

  int length() {
    return buffer.position();
  }

  void copyTo(byte[] target, int offset) {
    buffer.get(0, target, offset, buffer.position());
  }

  private ByteBuffer of(int length) {
    return roomFor(LENGTH + length).putInt(length);
  }

  private ByteBuffer roomFor(int bytes) {
    if (buffer.remaining() < bytes) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(buffer.position() + bytes, 2 * buffer.capacity()));
      buffer = larger.put(buffer.flip());
    }
    return buffer;
  }
}
