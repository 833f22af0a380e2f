package dev.aftertouch.engine.definition;

import java.util.Locale;

/** What a campaign is for (MT, CB-01, T15-01); each kind has its own rules of validity. */
public enum CampaignKind {
  MULTI_TOUCH,
  DRIP,
  EVENT,
  REENGAGEMENT,
  RETENTION,
  NURTURE,
  TRACK15;

  /** The word used in JSON, SQL and topics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
