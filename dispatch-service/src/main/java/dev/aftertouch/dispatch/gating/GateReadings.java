package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.ledger.ConsentLedger;
import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.replicas.Businesses.Business;
import dev.aftertouch.dispatch.replicas.Campaigns;
import dev.aftertouch.dispatch.replicas.Recipients;
import dev.aftertouch.dispatch.replicas.Recipients.Recipient;
import dev.aftertouch.dispatch.replicas.Versions;
import dev.aftertouch.dispatch.replicas.Versions.Version;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.AddressKeys;
import dev.aftertouch.dispatch.suppressing.StoppedEnrollments;
import dev.aftertouch.dispatch.suppressing.Suppressions;
import dev.aftertouch.engine.consent.Standing;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.GateFacts;
import dev.aftertouch.engine.gate.GateFacts.CampaignStanding;
import dev.aftertouch.facts.TouchDue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the gate must know of a batch, in a handful of statements. Nothing that can stop
 * a touch is cached.
 */
final class GateReadings {
  private final Businesses businesses;
  private final Campaigns campaigns;
  private final Versions versions;
  private final Recipients recipients;
  private final Suppressions suppressions;
  private final StoppedEnrollments stopped;
  private final ConsentLedger ledger;
  private final AddressKeys keys;

  GateReadings(
      Businesses businesses,
      Campaigns campaigns,
      Versions versions,
      Recipients recipients,
      Suppressions suppressions,
      StoppedEnrollments stopped,
      ConsentLedger ledger,
      AddressKeys keys) {
    this.businesses = businesses;
    this.campaigns = campaigns;
    this.versions = versions;
    this.recipients = recipients;
    this.suppressions = suppressions;
    this.stopped = stopped;
    this.ledger = ledger;
    this.keys = keys;
  }

  /** Must be called after the barrier was entered, in a later statement. */
  Read read(List<TouchDue> due) {
    Set<UUID> businessIds = new LinkedHashSet<>();
    Set<Campaigns.Key> campaignKeys = new LinkedHashSet<>();
    Set<Recipients.Key> customerKeys = new LinkedHashSet<>();
    Set<StoppedEnrollments.Key> enrollmentKeys = new LinkedHashSet<>();
    Set<Versions.Published> published = new LinkedHashSet<>();
    for (TouchDue touch : due) {
      UUID business = touch.getBusinessId();
      businessIds.add(business);
      campaignKeys.add(new Campaigns.Key(business, touch.getCampaignId()));
      customerKeys.add(new Recipients.Key(business, touch.getCustomerId()));
      enrollmentKeys.add(new StoppedEnrollments.Key(business, touch.getEnrollmentId()));
      published.add(new Versions.Published(version(touch), touch.getDefinitionId()));
    }
    Map<Recipients.Key, Recipient> people = recipients.find(customerKeys);
    return new Read(
        businesses.find(businessIds),
        campaigns.standings(campaignKeys),
        versions.find(published),
        people,
        suppressions.among(addresses(due, people)),
        stopped.among(enrollmentKeys));
  }

  /** Whether the touch's recipient has consented to it expressly. A statement of its own. */
  boolean hasExpressConsent(TouchDue touch, Read read, Instant now) {
    Recipient recipient = read.recipient(touch);
    Address address = recipient == null ? null : address(touch, recipient);
    Version version = read.versionOf(touch);
    return address != null
        && ledger.hasExpressGrant(
            address.business(),
            keys.of(address),
            address.channel(),
            version == null ? null : version.purpose(),
            now);
  }

  private static List<Address> addresses(
      List<TouchDue> due, Map<Recipients.Key, Recipient> people) {
    Set<Address> addresses = new LinkedHashSet<>();
    for (TouchDue touch : due) {
      Recipient recipient = people.get(customer(touch));
      Address address = recipient == null ? null : address(touch, recipient);
      if (address != null) {
        addresses.add(address);
      }
    }
    return new ArrayList<>(addresses);
  }

  private static @Nullable Address address(TouchDue touch, Recipient recipient) {
    Channel channel = DueTouches.channel(touch);
    String value =
        switch (channel) {
          case EMAIL -> recipient.email();
          case SMS -> recipient.phone();
        };
    return value == null ? null : Address.of(touch.getBusinessId(), channel, value);
  }

  private static Versions.Key version(TouchDue touch) {
    return new Versions.Key(touch.getBusinessId(), touch.getCampaignId(), touch.getVersion());
  }

  private static Recipients.Key customer(TouchDue touch) {
    return new Recipients.Key(touch.getBusinessId(), touch.getCustomerId());
  }

  /** What was read, asked by touch. */
  record Read(
      Businesses.Known businesses,
      Map<Campaigns.Key, CampaignStanding> standings,
      Map<Versions.Key, Version> versions,
      Map<Recipients.Key, Recipient> people,
      Map<Address, Standing> suppressed,
      Map<StoppedEnrollments.Key, String> stops) {

    @Nullable Business business(TouchDue touch) {
      return businesses.businesses().get(touch.getBusinessId());
    }

    CampaignStanding standing(TouchDue touch) {
      return standings.getOrDefault(
          new Campaigns.Key(touch.getBusinessId(), touch.getCampaignId()),
          CampaignStanding.UNKNOWN);
    }

    @Nullable Version versionOf(TouchDue touch) {
      return versions.get(version(touch));
    }

    @Nullable Recipient recipient(TouchDue touch) {
      Recipient recipient = people.get(customer(touch));
      return recipient == null || recipient.erased() ? null : recipient;
    }

    @Nullable String suppression(TouchDue touch) {
      Recipient recipient = recipient(touch);
      Address address = recipient == null ? null : address(touch, recipient);
      Standing standing = address == null ? null : suppressed.get(address);
      Version version = versionOf(touch);
      String suppression =
          standing == null ? null : standing.against(version == null ? null : version.purpose());
      if (suppression != null) {
        return suppression;
      }
      if (isHeld(stopOrHold(touch))) {
        return GateFacts.CLICK_IN_DOUBT;
      }
      return businesses.isPaused(touch.getBusinessId(), DueTouches.channel(touch))
          ? GateFacts.COMPLAINT_RATE
          : null;
    }

    @Nullable String stop(TouchDue touch) {
      String stop = stopOrHold(touch);
      return isHeld(stop) ? null : stop;
    }

    private @Nullable String stopOrHold(TouchDue touch) {
      return stops.get(new StoppedEnrollments.Key(touch.getBusinessId(), touch.getEnrollmentId()));
    }

    private static boolean isHeld(@Nullable String stop) {
      return GateFacts.CLICK_IN_DOUBT.equals(stop);
    }

    /** Whether all that the touch names has arrived here. */
    boolean isComplete(TouchDue touch) {
      if (businesses.gone().containsKey(touch.getBusinessId())) {
        return true;
      }
      Recipient recipient = people.get(customer(touch));
      return businesses.seen(touch.getBusinessId())
          && standing(touch) != CampaignStanding.UNKNOWN
          && versionOf(touch) != null
          && recipient != null
          && (recipient.erased() || recipient.revision() >= touch.getCustomerRevision());
    }
  }
}
