package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.enrollment.directory.CampaignsTold;
import dev.aftertouch.enrollment.directory.StandingCampaign;
import dev.aftertouch.service.tenancy.Tenancy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * When a pause with hold is over, what came due meanwhile is claimed again. A claimer that saw the
 * pause has locked the campaign, so its rows are here before the new standing is.
 */
@Service
class ReleaseCampaigns {
  private final Tenancy tenancy;
  private final DueTouches dueTouches;

  ReleaseCampaigns(Tenancy tenancy, DueTouches dueTouches) {
    this.tenancy = tenancy;
    this.dueTouches = dueTouches;
  }

  @EventListener
  void told(CampaignsTold told) {
    for (StandingCampaign campaign : told.campaigns()) {
      if (!campaign.holdsEnrollments()) {
        tenancy.asWorker(() -> dueTouches.release(campaign.businessId(), campaign.campaignId()));
      }
    }
  }
}
