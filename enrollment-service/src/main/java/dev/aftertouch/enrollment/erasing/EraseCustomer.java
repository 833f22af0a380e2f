package dev.aftertouch.enrollment.erasing;

import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.customers.Customer;
import dev.aftertouch.enrollment.customers.RecordCustomers;
import dev.aftertouch.enrollment.erasing.Erasures.Erasure;
import dev.aftertouch.enrollment.erasing.Erasures.Part;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.stopping.StopEnrollments;
import dev.aftertouch.enrollment.stopping.StopOrder;
import dev.aftertouch.facts.CustomerDataErased;
import dev.aftertouch.facts.CustomerErased;
import dev.aftertouch.facts.CustomerFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.outbox.Outbox;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Erases a customer: ends the enrollments, empties this service's rows and tells the others, all in
 * one transaction. The facts leave with its commit, the stops first. A repeat changes nothing.
 *
 * <p>Whoever enrolls holds the customer's row lock, as this does: an enrollment is either stopped
 * here or never begun.
 */
@Service
class EraseCustomer {
  static final String HERE = "enrollment-service";

  private final Tenancy tenancy;
  private final RecordCustomers customers;
  private final StopEnrollments stopEnrollments;
  private final Erasures erasures;
  private final Outbox outbox;
  private final InstantSource clock;

  EraseCustomer(
      Tenancy tenancy,
      RecordCustomers customers,
      StopEnrollments stopEnrollments,
      Erasures erasures,
      Outbox outbox,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.customers = customers;
    this.stopEnrollments = stopEnrollments;
    this.erasures = erasures;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** False when there is no such customer; true also when it was erased before. */
  boolean erase(UUID businessId, UUID customerId, ErasureReason reason, String user) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return tenancy.asBusiness(
        businessId,
        () -> {
          Optional<Customer> customer = customers.lock(businessId, customerId, null);
          customer.ifPresent(found -> erase(found, reason, user, now));
          return customer.isPresent() || erasures.find(businessId, customerId).isPresent();
        });
  }

  private void erase(Customer customer, ErasureReason reason, String user, Instant now) {
    UUID business = customer.businessId();
    UUID id = customer.customerId();
    List<UUID> enrollments = erasures.enrollmentsOf(business, id);
    int stopped = stop(business, enrollments, user, now);
    int jobs = erasures.eraseJobValues(business, id, enrollments);
    long revision = customers.erase(customer, now);
    Part part =
        new Part(HERE, now, Map.of("customers", 1L, "jobs", (long) jobs, "stops", (long) stopped));
    erasures.add(business, new Erasure(id, reason.code(), user, now));
    erasures.addPart(business, id, part);
    outbox.add(
        business,
        Topics.CUSTOMERS,
        id.toString(),
        new CustomerFact(business, id, revision, now, new CustomerErased(reason.code())));
    outbox.add(
        business,
        Topics.ERASURES,
        id.toString(),
        new CustomerDataErased(business, id, HERE, now, part.counts(), enrollments));
  }

  private int stop(UUID business, List<UUID> enrollments, String user, Instant now) {
    List<StopOrder> orders =
        enrollments.stream()
            .map(
                enrollment ->
                    new StopOrder(
                        new EnrollmentKey(business, enrollment), StopReason.CUSTOMER_ERASED, user))
            .toList();
    var facts = stopEnrollments.stop(orders, now);
    facts.forEach(fact -> outbox.add(business, fact.topic(), fact.key(), fact.value()));
    return facts.size();
  }
}
