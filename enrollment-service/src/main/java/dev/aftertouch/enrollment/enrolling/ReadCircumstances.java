package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.enrollment.customers.Customer;
import dev.aftertouch.enrollment.directory.Definition;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.directory.StandingCampaign;
import dev.aftertouch.enrollment.directory.VersionKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Reads what a batch of decisions rests on; the directory is held and the customers are locked
 * already.
 */
@Service
class ReadCircumstances {
  private final Directory directory;
  private final Matching matching;

  ReadCircumstances(Directory directory, Matching matching) {
    this.directory = directory;
    this.matching = matching;
  }

  Circumstances of(Collection<Customer> customers, Collection<JobKey> jobs) {
    Set<UUID> businesses = customers.stream().map(Customer::businessId).collect(Collectors.toSet());
    List<StandingCampaign> campaigns = directory.enrollingCampaigns(businesses);
    Map<VersionKey, Definition> definitions =
        directory.definitions(campaigns.stream().map(Circumstances::currentVersion).toList());
    List<UUID> limited =
        campaigns.stream()
            .filter(c -> isLimited(definitions.get(Circumstances.currentVersion(c))))
            .map(StandingCampaign::campaignId)
            .toList();
    return new Circumstances(
        campaigns.stream().collect(Collectors.groupingBy(StandingCampaign::businessId)),
        definitions,
        matching.earlier(customers),
        jobs.isEmpty() ? Set.of() : matching.enrolledJobs(jobs),
        limited.isEmpty() ? Map.of() : matching.lockAndCount(businesses, limited));
  }

  private static boolean isLimited(@Nullable Definition definition) {
    return Objects.requireNonNull(definition).campaign().settings().maximumEnrollments() != null;
  }
}
