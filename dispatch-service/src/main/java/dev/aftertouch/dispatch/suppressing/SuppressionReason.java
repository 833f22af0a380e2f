package dev.aftertouch.dispatch.suppressing;

import dev.aftertouch.engine.consent.ConsentKind;
import java.util.Locale;

/** Why an address is not contacted any more. */
public enum SuppressionReason {
  OPTED_OUT(LiftedBy.STAFF),
  MANUAL(LiftedBy.STAFF),
  /** Staff cannot: the provider takes the recipient's own text only. */
  BLOCKED_BY_PROVIDER(LiftedBy.RECIPIENT),
  /** Only held: a text that may be an opt-out waits for a person to read it. */
  IN_REVIEW(LiftedBy.RECIPIENT),
  BOUNCED(LiftedBy.NOBODY),
  COMPLAINED(LiftedBy.NOBODY);

  /** Who can reopen the address, with the recipient's word. */
  private enum LiftedBy {
    NOBODY,
    /** The recipient, by START or by undoing. */
    RECIPIENT,
    /** The recipient, and staff to whom he said so. */
    STAFF
  }

  private final LiftedBy liftedBy;

  SuppressionReason(LiftedBy liftedBy) {
    this.liftedBy = liftedBy;
  }

  /** Whether the recipient himself can reopen it, by START or by undoing. */
  public boolean isLiftedByRecipient() {
    return liftedBy != LiftedBy.NOBODY;
  }

  /** Whether staff can reopen it, on the recipient's word. */
  public boolean isLiftedByStaff() {
    return liftedBy == LiftedBy.STAFF;
  }

  /** As what it is written into the ledger. */
  ConsentKind consentKind() {
    return switch (this) {
      case OPTED_OUT, MANUAL, BLOCKED_BY_PROVIDER, COMPLAINED -> ConsentKind.WITHDRAWN;
      case BOUNCED -> ConsentKind.UNREACHABLE;
      case IN_REVIEW -> ConsentKind.HELD;
    };
  }

  /** The word used in JSON and SQL. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
