package dev.aftertouch.engine.journey;

import java.util.Locale;
import java.util.Optional;

/** Why an enrollment ended early (MT-D5, and what a job's reversal and a bad address add). */
public enum StopReason {
  REVIEW_CLICKED,
  FEEDBACK_SUBMITTED,
  REPLIED,
  OPTED_OUT_SMS,
  OPTED_OUT_EMAIL,
  EMAIL_BOUNCED,
  EMAIL_COMPLAINED,
  OWNER_STOPPED,
  CAMPAIGN_PAUSED,
  CAMPAIGN_DELETED,
  REPEAT_JOB,
  JOB_REOPENED,
  JOB_CANCELLED,
  CUSTOMER_ERASED;

  /** The word used in JSON, SQL and topics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason of that code; empty where there is none. */
  public static Optional<StopReason> of(String code) {
    for (StopReason reason : values()) {
      if (reason.code().equals(code)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
