package dev.aftertouch.enrollment.customers;

import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CustomerController {
  private static final int LARGEST_PAGE = 200;

  /** A page of customers; the next one has {@code page + 1} while {@code more} says so. */
  record CustomerPage(List<Customer> items, int page, int pageSize, boolean more) {}

  private final Tenancy tenancy;
  private final Customers customers;

  CustomerController(Tenancy tenancy, Customers customers) {
    this.tenancy = tenancy;
    this.customers = customers;
  }

  @GetMapping("/api/customers")
  CustomerPage list(
      @RequestParam(name = "external_id", required = false) @Nullable String externalId,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(name = "page_size", defaultValue = "50") int pageSize,
      CurrentUser user) {
    int size = Math.clamp(pageSize, 1, LARGEST_PAGE);
    int number = Math.max(0, page);
    List<Customer> found =
        tenancy.asBusiness(
            user.businessId(), () -> customers.page(externalId, size + 1, (long) number * size));
    return new CustomerPage(
        found.subList(0, Math.min(size, found.size())), number, size, found.size() > size);
  }

  @GetMapping("/api/customers/{id}")
  Customer read(@PathVariable UUID id, CurrentUser user) {
    return tenancy
        .asBusiness(user.businessId(), () -> customers.find(id))
        .orElseThrow(() -> new RefusedException(Problems.notFound("customer")));
  }
}
