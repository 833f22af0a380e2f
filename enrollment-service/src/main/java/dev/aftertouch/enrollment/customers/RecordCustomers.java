package dev.aftertouch.enrollment.customers;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.facts.CustomerChanged;
import dev.aftertouch.facts.CustomerFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Outgoing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Writes down what job facts tell of customers. */
@Service
public class RecordCustomers {
  /**
   * The customers as they are now.
   *
   * @param facts to be published before the caller's commit
   */
  public record Recorded(Map<CustomerKey, Customer> customers, List<Outgoing> facts) {}

  private final Customers customers;

  RecordCustomers(Customers customers) {
    this.customers = customers;
  }

  /**
   * Upserts and locks the customers in the caller's transaction.
   *
   * @param told no customer may occur twice
   * @param settings of every business that occurs
   */
  public Recorded record(Collection<Told> told, Map<UUID, BusinessSettings> settings, Instant now) {
    Map<CustomerKey, Customer> all = new HashMap<>();
    customers
        .lock(told.stream().map(Told::key).toList())
        .forEach(known -> all.put(known.key(), known));
    List<Customer> changed = new ArrayList<>();
    List<Outgoing> facts = new ArrayList<>();
    for (Told news : told) {
      Customer known = all.get(news.key());
      BusinessSettings business = settings.get(news.key().businessId());
      if (business == null) {
        throw new IllegalArgumentException("No settings of business " + news.key().businessId());
      }
      Customer merged = Merging.merge(known, news, business, now);
      if (merged != known) {
        changed.add(merged);
        all.put(merged.key(), merged);
        if (known == null || merged.revision() != known.revision()) {
          facts.add(fact(merged, now));
        }
      }
    }
    if (!changed.isEmpty()) {
      customers.save(changed);
    }
    return new Recorded(all, facts);
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
