package dev.aftertouch.service.sql;

import java.util.Locale;

/** The kinds of values that are sent, with the server's number of each (fixed in its catalog). */
enum Kind {
  UUID(2950, 20),
  TEXT(25, 24),
  INT4(23, 8),
  INT8(20, 12),
  BOOL(16, 5),
  TIMESTAMPTZ(1184, 12),
  NUMERIC(1700, 20),
  BYTEA(17, 64);

  private final int oid;
  private final int bytes;

  Kind(int oid, int bytes) {
    this.oid = oid;
    this.bytes = bytes;
  }

  int oid() {
    return oid;
  }

  /** Of a usual value, with its length. */
  int bytes() {
    return bytes;
  }

  String typeName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
