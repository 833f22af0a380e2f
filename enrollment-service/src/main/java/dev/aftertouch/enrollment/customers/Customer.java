package dev.aftertouch.enrollment.customers;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The person followed up.
 *
 * @param email lower-case and well-formed; null when none is usable
 * @param phone E.164; null when none is usable
 * @param givenZone the IANA zone that the job system named, when it is one
 * @param region ISO 3166-2 such as US-FL, when known
 * @param timeZones every zone in which the customer may be; never empty
 * @param zoneEvidence what the zones rest on
 * @param notes what was ignored in the input and why, without personal data
 * @param revision grows with each change
 */
public record Customer(
    UUID businessId,
    UUID customerId,
    String externalId,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String email,
    @Nullable String phone,
    Map<String, String> address,
    @Nullable String givenZone,
    @Nullable String region,
    List<String> timeZones,
    String zoneEvidence,
    Map<String, String> customFields,
    List<String> notes,
    long revision,
    Instant toldAt,
    Instant createdAt) {
  /** Whether any channel leads to the customer. */
  public boolean reachable() {
    return email != null || phone != null;
  }

  CustomerKey key() {
    return new CustomerKey(businessId, externalId);
  }

  /** Whether everything that others are told of is the same. */
  boolean saysTheSameAs(Customer other) {
    return withRevision(0, toldAt).equals(other.withRevision(0, toldAt));
  }

  Customer withRevision(long revision, Instant toldAt) {
    return with(customerId, revision, toldAt);
  }

  Customer withId(UUID id) {
    return with(id, revision, toldAt);
  }

  private Customer with(UUID id, long revision, Instant toldAt) {
    return new Customer(
        businessId,
        id,
        externalId,
        firstName,
        lastName,
        email,
        phone,
        address,
        givenZone,
        region,
        timeZones,
        zoneEvidence,
        customFields,
        notes,
        revision,
        toldAt,
        createdAt);
  }
}
