package dev.aftertouch.enrollment.erasing;

import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.enrollment.erasing.Erasures.Erasure;
import dev.aftertouch.enrollment.erasing.Erasures.Part;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ErasureController {
  private static final List<String> SERVICES =
      List.of(EraseCustomer.HERE, "dispatch-service", "analytics-service");

  /**
   * How an erasure stands. Its id is the customer's.
   *
   * @param complete every service has erased its part
   * @param missing services that have not answered yet
   */
  record Report(
      UUID customerId,
      String reason,
      String requestedBy,
      Instant requestedAt,
      boolean complete,
      List<Part> parts,
      List<String> missing) {}

  private final EraseCustomer eraseCustomer;
  private final Tenancy tenancy;
  private final Erasures erasures;

  ErasureController(EraseCustomer eraseCustomer, Tenancy tenancy, Erasures erasures) {
    this.eraseCustomer = eraseCustomer;
    this.tenancy = tenancy;
    this.erasures = erasures;
  }

  /** Erases for good; a repeat answers how the erasure stands. */
  @DeleteMapping("/api/customers/{id}")
  @PreAuthorize("hasRole('OWNER')")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Report erase(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String reason,
      CurrentUser user) {
    ErasureReason why =
        Optional.ofNullable(reason)
            .flatMap(ErasureReason::of)
            .orElseThrow(ErasureController::noReason);
    if (!eraseCustomer.erase(user.businessId(), id, why, user.email())) {
      throw new RefusedException(Problems.notFound("customer"));
    }
    return report(user, id);
  }

  @GetMapping("/api/erasures/{id}")
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  Report report(CurrentUser user, @PathVariable UUID id) {
    return tenancy.asBusiness(
        user.businessId(),
        () ->
            erasures
                .find(user.businessId(), id)
                .map(erasure -> report(erasure, erasures.parts(user.businessId(), id)))
                .orElseThrow(() -> new RefusedException(Problems.notFound("erasure"))));
  }

  private static Report report(Erasure erasure, List<Part> parts) {
    List<String> missing = new ArrayList<>(SERVICES);
    parts.forEach(part -> missing.remove(part.service()));
    return new Report(
        erasure.customerId(),
        erasure.reason(),
        erasure.requestedBy(),
        erasure.requestedAt(),
        missing.isEmpty(),
        parts,
        missing);
  }

  private static RefusedException noReason() {
    return new RefusedException(
        Problems.invalid(
            List.of(
                new FieldError(
                    "reason",
                    "unknown_reason",
                    "Say why with ?reason=requested_by_customer, no_longer_needed,"
                        + " consent_withdrawn or legal_obligation."))));
  }
}
