package dev.aftertouch.dispatch.settling;

import java.util.Locale;

/** Where a touch stands. */
public enum TouchState {
  CLAIMED,
  DEFERRED,
  SKIPPED,
  ACCEPTED,
  REJECTED,
  UNKNOWN;

  /** The word used in JSON and SQL. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that code. */
  public static TouchState of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
