package dev.aftertouch.enrollment.directory;

import dev.aftertouch.enrollment.directory.Businesses.Business;
import dev.aftertouch.facts.BusinessChanged;
import dev.aftertouch.facts.BusinessDeleted;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Keeps what is known of businesses; one that leaves takes its rows with it. */
@Service
class KeepBusinesses {
  private final Tenancy tenancy;
  private final DirectoryLock lock;
  private final Businesses businesses;
  private final Documents documents;

  KeepBusinesses(Tenancy tenancy, DirectoryLock lock, Businesses businesses, Documents documents) {
    this.tenancy = tenancy;
    this.lock = lock;
    this.businesses = businesses;
    this.documents = documents;
  }

  void keep(List<BusinessFact> facts) {
    Map<UUID, BusinessFact> newest = new HashMap<>();
    for (BusinessFact fact : facts) {
      newest.merge(
          fact.getBusinessId(),
          fact,
          (one, other) -> one.getRevision() > other.getRevision() ? one : other);
    }
    List<Business> changed =
        newest.values().stream()
            .filter(fact -> fact.getFact() instanceof BusinessChanged)
            .map(fact -> business(fact, (BusinessChanged) fact.getFact()))
            .toList();
    List<UUID> left =
        newest.values().stream()
            .filter(fact -> fact.getFact() instanceof BusinessDeleted)
            .map(BusinessFact::getBusinessId)
            .toList();
    tenancy.asWorker(
        () -> {
          if (!left.isEmpty()) {
            lock.exclude();
            businesses.remove(left);
          }
          businesses.keep(changed);
        });
  }

  /**
   * Settings that cannot be read are a fault of the record, so they are read here and not first
   * when a job comes in.
   */
  private Business business(BusinessFact fact, BusinessChanged changed) {
    documents.settings(changed.getSettings());
    return new Business(
        fact.getBusinessId(),
        changed.getName(),
        changed.getSettings(),
        fact.getRevision(),
        fact.getChangedAt());
  }
}
