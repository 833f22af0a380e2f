package dev.aftertouch.enrollment.erasing;

import java.util.Locale;
import java.util.Optional;

/** Why a customer is erased. A word and no text, because a text could name whom it is about. */
enum ErasureReason {
  REQUESTED_BY_CUSTOMER,
  NO_LONGER_NEEDED,
  CONSENT_WITHDRAWN,
  LEGAL_OBLIGATION;

  /** The word used in JSON, SQL and topics. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ErasureReason> of(String code) {
    for (ErasureReason reason : values()) {
      if (reason.code().equals(code)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
