package dev.aftertouch.dispatch.erasing;

import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** This service's part of a customer's data; enrollment-service's document leads here. */
@RestController
class CustomerDataController {
  record Document(
      Instant readAt,
      CustomerData.Recipient recipient,
      List<CustomerData.Message> messages,
      List<CustomerData.Feedback> feedback,
      List<CustomerData.Review> reviews,
      List<CustomerData.Suppression> suppressions,
      List<CustomerData.Hit> linkHits) {}

  private final Tenancy tenancy;
  private final CustomerData data;
  private final InstantSource clock;

  CustomerDataController(Tenancy tenancy, CustomerData data, InstantSource clock) {
    this.tenancy = tenancy;
    this.data = data;
    this.clock = clock;
  }

  @GetMapping("/api/messages/customers/{id}/data")
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  Document read(CurrentUser user, @PathVariable UUID id) {
    UUID business = user.businessId();
    return tenancy.asBusiness(
        business,
        () -> {
          CustomerData.Recipient recipient =
              data.recipient(business, id)
                  .orElseThrow(() -> new RefusedException(Problems.notFound("customer")));
          return new Document(
              clock.instant(),
              recipient,
              data.messages(business, id),
              data.feedback(business, id),
              data.reviews(business, id),
              data.suppressions(business, recipient),
              data.hits(business, id));
        });
  }
}
