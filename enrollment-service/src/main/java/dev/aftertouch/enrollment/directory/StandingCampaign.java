package dev.aftertouch.enrollment.directory;

import dev.aftertouch.engine.definition.CampaignStatus;
import dev.aftertouch.engine.definition.PauseMode;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as campaign-service last said it stands.
 *
 * @param status null when it was deleted
 * @param currentVersion null while never published
 */
public record StandingCampaign(
    UUID businessId,
    UUID campaignId,
    String name,
    @Nullable CampaignStatus status,
    @Nullable Integer currentVersion,
    PauseMode pauseMode) {
  /** Whether its active enrollments end with campaign_deleted. */
  public boolean deleted() {
    return status == null;
  }

  /** Whether its active enrollments end with campaign_paused (MT-18). */
  public boolean stopsEnrollments() {
    return status == CampaignStatus.PAUSED && pauseMode == PauseMode.STOP;
  }

  /** Whether its touches stay unclaimed until the pause is over (MT-18). */
  public boolean holdsEnrollments() {
    return status == CampaignStatus.PAUSED && pauseMode == PauseMode.HOLD;
  }

  static @Nullable CampaignStatus status(String code) {
    return code.equals(DELETED) ? null : CampaignStatus.valueOf(code.toUpperCase(Locale.ROOT));
  }

  static final String DELETED = "deleted";
}
