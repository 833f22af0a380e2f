package dev.aftertouch.dispatch.suppressing;

import java.util.Locale;

/** Why an address is not contacted any more. */
public enum SuppressionReason {
  OPTED_OUT(true),
  MANUAL(true),
  BLOCKED_BY_PROVIDER(true),
  /** Only held: a text that may be an opt-out waits for a person to read it. */
  IN_REVIEW(true),
  BOUNCED(false),
  COMPLAINED(false);

  private final boolean liftedByRecipient;

  SuppressionReason(boolean liftedByRecipient) {
    this.liftedByRecipient = liftedByRecipient;
  }

  /** Whether the recipient himself can reopen it, by START or by undoing. */
  public boolean isLiftedByRecipient() {
    return liftedByRecipient;
  }

  /** The word used in JSON and SQL. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
