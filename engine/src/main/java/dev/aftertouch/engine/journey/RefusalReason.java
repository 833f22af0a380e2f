package dev.aftertouch.engine.journey;

import java.util.Locale;
import java.util.Optional;

/** Why a customer was not enrolled; the code is stable. */
public enum RefusalReason {
  BUSINESS_UNKNOWN,
  JOB_ALREADY_ENROLLED,
  JOB_REVERSED,
  JOB_IN_FUTURE,
  NOT_WANTED,
  JOB_TOO_OLD,
  SERVICE_TYPE_UNKNOWN,
  UNREACHABLE,
  NO_MATCHING_CAMPAIGN,
  CAMPAIGN_NOT_ACTIVE,
  ALREADY_ACTIVE,
  REENROLLMENT_NOT_ALLOWED,
  COOLDOWN,
  CAMPAIGN_FULL;

  /** The word used in JSON, SQL and topics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether news of businesses or campaigns that are still on their way could lift it. */
  public boolean mayBeForWantOfNews() {
    return this == BUSINESS_UNKNOWN || this == NO_MATCHING_CAMPAIGN || this == CAMPAIGN_NOT_ACTIVE;
  }

  /** The reason of that code; empty where there is none. */
  public static Optional<RefusalReason> of(String code) {
    for (RefusalReason reason : values()) {
      if (reason.code().equals(code)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
