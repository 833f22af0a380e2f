package dev.aftertouch.enrollment.stopping;

import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.directory.CampaignsTold;
import dev.aftertouch.enrollment.directory.StandingCampaign;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * A campaign that was paused (mode stop) or deleted takes its active enrollments with it (MT-18), a
 * batch at a time. Whoever enrolls holds the directory, so what was enrolled before the pause
 * became known here has been committed by now and is found.
 */
@Service
class StopCampaigns {
  private static final int BATCH = 1_000;

  private final Tenancy tenancy;
  private final ActiveEnrollments enrollments;
  private final StopEnrollments stopEnrollments;
  private final Publisher publisher;
  private final InstantSource clock;

  StopCampaigns(
      Tenancy tenancy,
      ActiveEnrollments enrollments,
      StopEnrollments stopEnrollments,
      Publisher publisher,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.enrollments = enrollments;
    this.stopEnrollments = stopEnrollments;
    this.publisher = publisher;
    this.clock = clock;
  }

  @EventListener
  void told(CampaignsTold told) {
    for (StandingCampaign campaign : told.campaigns()) {
      if (campaign.deleted()) {
        stopAll(campaign, StopReason.CAMPAIGN_DELETED);
      } else if (campaign.stopsEnrollments()) {
        stopAll(campaign, StopReason.CAMPAIGN_PAUSED);
      }
    }
  }

  private void stopAll(StandingCampaign campaign, StopReason reason) {
    boolean more = true;
    while (more) {
      more = tenancy.asWorker(() -> stopSome(campaign, reason)) == BATCH;
    }
  }

  private int stopSome(StandingCampaign campaign, StopReason reason) {
    List<EnrollmentKey> active =
        enrollments.ofCampaign(campaign.businessId(), campaign.campaignId(), BATCH);
    List<StopOrder> orders = active.stream().map(key -> new StopOrder(key, reason, null)).toList();
    publisher.publishAndAwait(stopEnrollments.stop(orders, clock.instant()));
    return active.size();
  }
}
