package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.enrollment.customers.CustomerKey;
import dev.aftertouch.enrollment.customers.Told;
import dev.aftertouch.facts.JobCompleted;
import dev.aftertouch.facts.JobCustomer;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.PostalAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finished job that calls for a decision.
 *
 * @param known what an earlier fact left; null when this is the first
 * @param reversed it was reopened or cancelled after this completion
 */
record Finished(JobFact fact, JobCompleted completed, Jobs.@Nullable Job known, boolean reversed) {
  JobKey key() {
    return new JobKey(fact.getBusinessId(), fact.getJobId());
  }

  /**
   * Whether it was completed before, then reopened or cancelled, and completed again after that.
   */
  boolean anew() {
    return known != null && !known.awaitsCompletion() && !reversed;
  }

  CustomerKey customerKey() {
    return new CustomerKey(fact.getBusinessId(), completed.getCustomer().getExternalId());
  }

  Told told() {
    JobCustomer customer = completed.getCustomer();
    return new Told(
        customerKey(),
        customer.getFirstName(),
        customer.getLastName(),
        customer.getEmail(),
        customer.getPhone(),
        address(customer.getAddress()),
        customer.getTimeZone(),
        customer.getCustomFields(),
        fact.getOccurredAt());
  }

  private static Map<String, String> address(@Nullable PostalAddress address) {
    Map<String, String> given = new HashMap<>();
    if (address != null) {
      put(given, "line1", address.getLine1());
      put(given, "line2", address.getLine2());
      put(given, "city", address.getCity());
      put(given, "state", address.getState());
      put(given, "postal_code", address.getPostalCode());
      put(given, "country", address.getCountry());
    }
    return given;
  }

  private static void put(Map<String, String> given, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      given.put(name, value);
    }
  }
}
