package dev.aftertouch.engine.consent;

import java.util.Locale;

/** What an entry of the ledger records. */
public enum ConsentKind {
  /** The recipient gave permission, or it is implied. */
  GRANTED,
  /** The recipient objects: by any means, to us or to a provider. */
  WITHDRAWN,
  /** Messages do not arrive there; no word of the recipient. */
  UNREACHABLE,
  /** The recipient took an objection back. */
  REOPENED,
  /** Nothing is sent until somebody has read what may be an objection. */
  HELD,
  /** A hold ended. */
  RELEASED;

  /** The word used in JSON, SQL and hashes. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
