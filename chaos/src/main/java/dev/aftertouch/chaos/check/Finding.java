package dev.aftertouch.chaos.check;

/** A promise that was broken, and where. */
public record Finding(Kind kind, String about, String what) {
  /** Which promise. */
  public enum Kind {
    /** An acknowledged job without an answer, or a touch of it without one. */
    LOST,
    /** Not final when everything had been quiet for long enough. */
    STUCK,
    /** A touch that the provider accepted twice. */
    DOUBLED,
    /** Claimed after a stop was acknowledged. */
    AFTER_STOP,
    /** Accepted at a time of day at which the recipient must not be contacted. */
    IN_QUIET_HOURS,
    /** More than a business may send in an hour. */
    OVER_LIMIT,
    /** In another business's name, or to another's customer. */
    CROSS_BUSINESS,
    /** Sent to somebody for whom nothing was asked. */
    UNASKED,
    /** The system's word and the provider's ledger, or two of its own words, differ. */
    MISREPORTED
  }

  @Override
  public String toString() {
    return kind + " " + about + ": " + what;
  }
}
