package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.journey.Enrolling;
import dev.aftertouch.engine.journey.EnrollingFacts.Occasion;
import dev.aftertouch.enrollment.announcing.Announcements;
import dev.aftertouch.enrollment.customers.Customer;
import dev.aftertouch.enrollment.customers.RecordCustomers;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.directory.VersionKey;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.outbox.Outbox;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Somebody of the business chooses a customer and a campaign. The same rules hold as for jobs; the
 * facts leave with the commit.
 */
@Service
class EnrollByHand {
  /** What came of it. */
  sealed interface Answer {
    record Enrolled(UUID enrollmentId) implements Answer {}

    /** A rule said no; nothing is kept, because whoever asked reads the answer. */
    record Refused(String reason, String explanation) implements Answer {}

    record UnknownCustomer() implements Answer {}
  }

  private final Tenancy tenancy;
  private final Directory directory;
  private final RecordCustomers recordCustomers;
  private final ReadCircumstances readCircumstances;
  private final NewEnrollments newEnrollments;
  private final Outbox outbox;
  private final InstantSource clock;

  EnrollByHand(
      Tenancy tenancy,
      Directory directory,
      RecordCustomers recordCustomers,
      ReadCircumstances readCircumstances,
      NewEnrollments newEnrollments,
      Outbox outbox,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.directory = directory;
    this.recordCustomers = recordCustomers;
    this.readCircumstances = readCircumstances;
    this.newEnrollments = newEnrollments;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** By the customer's id where one is given, else by the external id. */
  Answer enroll(
      UUID businessId, UUID campaignId, @Nullable UUID customerId, @Nullable String externalId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return tenancy.asBusiness(
        businessId,
        () -> {
          directory.hold();
          Optional<Customer> customer = recordCustomers.lock(businessId, customerId, externalId);
          return customer.isPresent()
              ? enroll(customer.get(), campaignId, now)
              : new Answer.UnknownCustomer();
        });
  }

  private Answer enroll(Customer customer, UUID campaignId, Instant now) {
    BusinessSettings business =
        directory.settings(List.of(customer.businessId())).get(customer.businessId());
    Circumstances circumstances = readCircumstances.of(List.of(customer), List.of());
    Enrolling.Answer answer =
        Enrolling.decide(
            circumstances.facts(new Occasion.ByHand(campaignId), customer), business, now);
    return switch (answer) {
      case Enrolling.Refuse refuse ->
          new Answer.Refused(refuse.reason().code(), refuse.explanation());
      case Enrolling.Enroll enroll -> enlist(customer, enroll, circumstances, now);
    };
  }

  private Answer enlist(
      Customer customer, Enrolling.Enroll enroll, Circumstances circumstances, Instant now) {
    VersionKey version =
        new VersionKey(customer.businessId(), enroll.campaignId(), enroll.version());
    NewEnrollment enrollment =
        Enlisting.begin(
            UUID.randomUUID(),
            version,
            circumstances.definition(version),
            customer,
            null,
            now,
            null,
            "manual_admin",
            now);
    newEnrollments.add(List.of(enrollment));
    Outgoing fact =
        Announcements.started(enrollment.path(), enrollment.source(), enrollment.plan(), now);
    outbox.add(customer.businessId(), fact.topic(), fact.key(), fact.value());
    return new Answer.Enrolled(enrollment.path().key().enrollmentId());
  }
}
