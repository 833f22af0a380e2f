package dev.aftertouch.engine.gate;

import java.util.Locale;
import java.util.Optional;

/** Why the gate decided as it did; the code is stable. */
public enum Reason {
  ALLOWED,
  QUIET_HOURS,
  BUSINESS_HOURS,
  PACING,
  CAMPAIGN_HELD,
  ENROLLMENT_STOPPED,
  CAMPAIGN_NOT_ACTIVE,
  BUSINESS_UNKNOWN,
  CUSTOMER_UNKNOWN,
  NO_ADDRESS,
  SUPPRESSED,
  CHANNEL_NOT_CONFIGURED,
  MISSING_VARIABLE,
  TOO_MANY_SEGMENTS,
  TOO_LATE,
  FREQUENCY_CAP,
  IN_REVIEW,
  CLICK_IN_DOUBT,
  COMPLAINT_RATE,
  CONSENT_ENDED;

  /** The word used in JSON, SQL and topics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason of that code; empty where there is none. */
  public static Optional<Reason> of(String code) {
    for (Reason reason : values()) {
      if (reason.code().equals(code)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
