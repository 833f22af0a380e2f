package dev.aftertouch.campaign.demo;

import dev.aftertouch.campaign.businesses.KeepBusiness;
import dev.aftertouch.campaign.campaigns.ExampleCampaigns;
import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.engine.business.BusinessSettings.Links;
import dev.aftertouch.engine.business.BusinessSettings.Sender;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.access.Role;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * With {@code aftertouch.demo=true}: Summit Home Services with campaigns, and Harbor Plumbing
 * without. What is there already is left as it is, so a start changes nothing that somebody worked
 * on.
 */
@Component
@ConditionalOnBooleanProperty("aftertouch.demo")
class DemoBusinesses implements ApplicationRunner {
  static final UUID SUMMIT = UUID.fromString("00000000-0000-4000-8000-000000000001");
  static final UUID HARBOR = UUID.fromString("00000000-0000-4000-8000-000000000002");

  private final Tenancy tenancy;
  private final KeepBusiness businesses;
  private final ExampleCampaigns campaigns;

  DemoBusinesses(Tenancy tenancy, KeepBusiness businesses, ExampleCampaigns campaigns) {
    this.tenancy = tenancy;
    this.businesses = businesses;
    this.campaigns = campaigns;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    // One transaction: a second instance that starts meanwhile waits for the business's row and
    // then finds it all there.
    tenancy.asBusiness(
        SUMMIT,
        () -> {
          businesses.create(SUMMIT, "Summit Home Services", summit());
          campaigns.addTo(new CurrentUser(SUMMIT, Role.OWNER, "owner@summit.example"));
        });
    businesses.create(HARBOR, "Harbor Plumbing", harbor());
  }

  private static BusinessSettings summit() {
    return settings(
        "America/Denver",
        "1200 Summit Avenue, Denver, CO 80202",
        new Sender(
            "Sam from Summit",
            "hello@summit.example",
            "hello@summit.example",
            "+13035550100",
            EmailProvider.RESEND),
        new Links(
            "https://reviews.example/summit-home-services",
            "https://booking.example/summit",
            "https://calendar.example/summit"),
        Map.of(
            ServiceType.CLEANING, Duration.ofHours(2), ServiceType.ROOFING, Duration.ofHours(48)));
  }

  private static BusinessSettings harbor() {
    return settings(
        "America/New_York",
        "7 Harbor Street, Boston, MA 02110",
        new Sender(
            "Hanna from Harbor",
            "hello@harbor.example",
            "hello@harbor.example",
            "+16175550100",
            EmailProvider.RESEND),
        new Links("https://reviews.example/harbor-plumbing", null, null),
        Map.of());
  }

  private static BusinessSettings settings(
      String zone, String address, Sender sender, Links links, Map<ServiceType, Duration> timings) {
    return new BusinessSettings(
        zone,
        "US",
        address,
        sender,
        links,
        BusinessSettings.DEFAULT_QUIET_HOURS,
        BusinessSettings.DEFAULT_PACING,
        timings,
        BusinessSettings.DEFAULT_COOLDOWN,
        BusinessSettings.DEFAULT_MAXIMUM_JOB_AGE,
        BusinessSettings.DEFAULT_MINIMUM_GAP,
        BusinessSettings.DEFAULT_ON_UNKNOWN);
  }
}
