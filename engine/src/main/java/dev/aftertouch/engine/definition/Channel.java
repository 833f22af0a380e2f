package dev.aftertouch.engine.definition;

/** How a touch reaches the customer. */
public enum Channel {
  EMAIL,
  SMS;

  /** The word used in JSON, SQL and topics. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
