package dev.aftertouch.engine.time;

import java.util.Locale;

/** Which rule keeps a message back. */
public enum Limit {
  /**
   * 08:00 to 21:00 in the recipient's zone, or the narrower hours and the closed days of his
   * state's law. No setting widens it.
   */
  LAW,
  /** The business's own quiet hours. */
  QUIET_HOURS,
  /** The campaign's hours and days. */
  BUSINESS_HOURS;

  /** The word used in evidence. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
