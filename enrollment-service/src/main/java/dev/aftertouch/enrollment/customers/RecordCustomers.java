package dev.aftertouch.enrollment.customers;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.enrollment.ids.NamedIds;
import dev.aftertouch.facts.CustomerChanged;
import dev.aftertouch.facts.CustomerFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Outgoing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Writes down what job facts tell of customers. */
@Service
public class RecordCustomers {
  /**
   * The customers as they are now. One is missing that was erased after what was told of it.
   *
   * @param facts to be published before the caller's commit
   */
  public record Recorded(Map<CustomerKey, Customer> customers, List<Outgoing> facts) {}

  private final Customers customers;

  RecordCustomers(Customers customers) {
    this.customers = customers;
  }

  /**
   * Upserts and locks the customers in the caller's transaction, and tells their active enrollments
   * how new they are. An erased customer does not come back: what happened before the erasure is
   * ignored, and what happened later begins a new customer.
   *
   * @param told no customer may occur twice
   * @param settings of every business that occurs
   */
  public Recorded record(Collection<Told> told, Map<UUID, BusinessSettings> settings, Instant now) {
    Map<CustomerKey, Customer> all = new HashMap<>();
    customers
        .lock(told.stream().map(Told::key).toList())
        .forEach(known -> all.put(known.key(), known));
    Map<CustomerKey, Customer> changed = new LinkedHashMap<>();
    Set<CustomerKey> newsworthy = new HashSet<>();
    List<Customer> renewed = new ArrayList<>();
    for (Told news : told) {
      Customer known = all.get(news.key());
      BusinessSettings business = settings.get(news.key().businessId());
      if (business == null) {
        throw new IllegalArgumentException("No settings of business " + news.key().businessId());
      }
      Customer merged = Merging.merge(known, news, business, now);
      if (merged != known) {
        changed.put(merged.key(), merged);
        if (known == null || merged.revision() != known.revision()) {
          newsworthy.add(merged.key());
        }
        if (known != null && merged.revision() != known.revision()) {
          renewed.add(merged);
        }
      }
    }
    if (!changed.isEmpty() && customers.save(changed.values()) < changed.size()) {
      beginAnew(changed);
    }
    if (!renewed.isEmpty()) {
      customers.tellEnrollments(renewed);
    }
    all.putAll(changed);
    return new Recorded(
        all,
        changed.values().stream()
            .filter(customer -> newsworthy.contains(customer.key()))
            .map(customer -> fact(customer, now))
            .toList());
  }

  /**
   * Gives those the next id whose rows were refused because the customer of their id was erased, as
   * often as that happened; leaves those out that were told before it. All others are saved.
   */
  private void beginAnew(Map<CustomerKey, Customer> changed) {
    List<Customer> refused = List.copyOf(changed.values());
    for (int erased = 1; !refused.isEmpty(); erased++) {
      Map<UUID, Instant> erasedAt = customers.erasedAmong(refused);
      List<Customer> anew = new ArrayList<>();
      for (Customer customer : refused) {
        Instant at = erasedAt.get(customer.customerId());
        if (at != null && !customer.toldAt().isAfter(at)) {
          changed.remove(customer.key());
        } else if (at != null) {
          anew.add(
              customer.withId(
                  NamedIds.customer(customer.businessId(), customer.externalId(), erased)));
        }
      }
      anew.forEach(customer -> changed.put(customer.key(), customer));
      refused = anew.isEmpty() || customers.save(anew) == anew.size() ? List.of() : anew;
    }
  }

  /** Erases the customer, which the caller has locked; returns the revision of the erasure. */
  public long erase(Customer customer, Instant now) {
    long revision = customer.revision() + 1;
    customers.erase(customer.businessId(), customer.customerId(), revision, now);
    return revision;
  }

  /**
   * Locks one customer of the business, by id or else by external id, in the caller's transaction.
   */
  public Optional<Customer> lock(
      UUID businessId, @Nullable UUID customerId, @Nullable String externalId) {
    return customers.lock(businessId, customerId, externalId);
  }

  private static Outgoing fact(Customer customer, Instant now) {
    CustomerChanged changed =
        CustomerChanged.newBuilder()
            .setExternalId(customer.externalId())
            .setFirstName(customer.firstName())
            .setLastName(customer.lastName())
            .setEmail(customer.email())
            .setPhone(customer.phone())
            .setTimeZones(customer.timeZones())
            .setZoneEvidence(customer.zoneEvidence())
            .setRegion(customer.region())
            .setCustomFields(customer.customFields())
            .build();
    return Outgoing.of(
        Topics.CUSTOMERS,
        customer.customerId().toString(),
        CustomerFact.newBuilder()
            .setBusinessId(customer.businessId())
            .setCustomerId(customer.customerId())
            .setRevision(customer.revision())
            .setChangedAt(now)
            .setFact(changed)
            .build());
  }
}
