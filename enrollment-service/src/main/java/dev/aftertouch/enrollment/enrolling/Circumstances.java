package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.journey.EnrollingFacts;
import dev.aftertouch.engine.journey.EnrollingFacts.Campaign;
import dev.aftertouch.engine.journey.EnrollingFacts.Earlier;
import dev.aftertouch.engine.journey.EnrollingFacts.Occasion;
import dev.aftertouch.enrollment.customers.Customer;
import dev.aftertouch.enrollment.directory.Definition;
import dev.aftertouch.enrollment.directory.StandingCampaign;
import dev.aftertouch.enrollment.directory.VersionKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What the decisions of one batch rest on, as read and locked in its transaction. Counts what the
 * batch itself enrolls.
 */
final class Circumstances {
  private final Map<UUID, List<StandingCampaign>> campaignsByBusiness;
  private final Map<VersionKey, Definition> definitions;
  private final Map<UUID, List<Earlier>> earlierByCustomer;
  private final Set<JobKey> enrolledJobs;
  private final Map<UUID, Long> enrolledByCampaign;

  Circumstances(
      Map<UUID, List<StandingCampaign>> campaignsByBusiness,
      Map<VersionKey, Definition> definitions,
      Map<UUID, List<Earlier>> earlierByCustomer,
      Set<JobKey> enrolledJobs,
      Map<UUID, Long> enrolledByCampaign) {
    this.campaignsByBusiness = campaignsByBusiness;
    this.definitions = definitions;
    this.earlierByCustomer = earlierByCustomer;
    this.enrolledJobs = enrolledJobs;
    this.enrolledByCampaign = new HashMap<>(enrolledByCampaign);
  }

  boolean enrolledBefore(JobKey job) {
    return enrolledJobs.contains(job);
  }

  EnrollingFacts facts(Occasion occasion, Customer customer) {
    return new EnrollingFacts(
        occasion,
        customer.reachable(),
        campaignsByBusiness.getOrDefault(customer.businessId(), List.of()).stream()
            .map(this::campaign)
            .toList(),
        earlierByCustomer.getOrDefault(customer.customerId(), List.of()));
  }

  Definition definition(VersionKey key) {
    return Objects.requireNonNull(definitions.get(key));
  }

  /** The campaign has one enrollment more. */
  void enrolled(UUID campaignId) {
    enrolledByCampaign.merge(campaignId, 1L, Long::sum);
  }

  private Campaign campaign(StandingCampaign standing) {
    VersionKey key = currentVersion(standing);
    return Campaign.of(
        standing.campaignId(),
        key.version(),
        Objects.requireNonNull(standing.status()),
        definition(key).campaign(),
        enrolledByCampaign.getOrDefault(standing.campaignId(), 0L));
  }

  static VersionKey currentVersion(StandingCampaign standing) {
    return new VersionKey(
        standing.businessId(),
        standing.campaignId(),
        Objects.requireNonNull(standing.currentVersion()));
  }
}
