package dev.aftertouch.engine.definition;

import java.util.Locale;

/** Where a campaign stands (CB-02). Only an active one enrolls. */
public enum CampaignStatus {
  DRAFT,
  ACTIVE,
  PAUSED,
  ARCHIVED;

  /** The word used in JSON, SQL and topics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
