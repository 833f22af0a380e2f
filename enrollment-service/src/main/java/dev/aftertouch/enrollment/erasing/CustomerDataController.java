package dev.aftertouch.enrollment.erasing;

import dev.aftertouch.enrollment.customers.Customer;
import dev.aftertouch.enrollment.customers.RecordCustomers;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** All that is kept of a customer: this service's part, and where the others' parts are. */
@RestController
class CustomerDataController {
  private static final int TIMELINES_AT_ONCE = 50;

  /** A document of another service about the same customer. */
  record Part(String service, String href) {}

  record Document(
      Instant readAt,
      Customer customer,
      List<CustomerData.Job> jobs,
      List<CustomerData.Enrollment> enrollments,
      List<CustomerData.Touch> touches,
      List<CustomerData.Refusal> refusals,
      List<Part> others) {}

  private final Tenancy tenancy;
  private final RecordCustomers customers;
  private final CustomerData data;
  private final InstantSource clock;

  CustomerDataController(
      Tenancy tenancy, RecordCustomers customers, CustomerData data, InstantSource clock) {
    this.tenancy = tenancy;
    this.customers = customers;
    this.data = data;
    this.clock = clock;
  }

  @GetMapping("/api/customers/{id}/data")
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  Document read(@PathVariable UUID id, CurrentUser user) {
    return tenancy.asBusiness(user.businessId(), () -> document(user.businessId(), id));
  }

  private Document document(UUID business, UUID id) {
    Customer customer =
        customers
            .lock(business, id, null)
            .orElseThrow(() -> new RefusedException(Problems.notFound("customer")));
    List<CustomerData.Enrollment> enrollments = data.enrollments(business, id);
    return new Document(
        clock.instant(),
        customer,
        data.jobs(business, id),
        enrollments,
        data.touches(business, id),
        data.refusals(business, id),
        others(id, enrollments));
  }

  private static List<Part> others(UUID id, List<CustomerData.Enrollment> enrollments) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("dispatch-service", "/api/messages/customers/" + id + "/data"));
    parts.add(new Part("dispatch-service", "/api/consent?customer=" + id));
    for (int from = 0; from < enrollments.size(); from += TIMELINES_AT_ONCE) {
      String query =
          enrollments.subList(from, Math.min(enrollments.size(), from + TIMELINES_AT_ONCE)).stream()
              .map(enrollment -> "enrollment_id=" + enrollment.enrollmentId())
              .collect(Collectors.joining("&"));
      parts.add(new Part("analytics-service", "/api/analytics/timelines?" + query));
    }
    return parts;
  }
}
