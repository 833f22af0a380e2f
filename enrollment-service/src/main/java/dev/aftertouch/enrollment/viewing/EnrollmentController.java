package dev.aftertouch.enrollment.viewing;

import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.enrollment.viewing.EnrollmentViews.EnrollmentLine;
import dev.aftertouch.enrollment.viewing.EnrollmentViews.Filter;
import dev.aftertouch.enrollment.viewing.EnrollmentViews.RefusalLine;
import dev.aftertouch.enrollment.viewing.ViewEnrollment.EnrollmentView;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EnrollmentController {
  private static final int LARGEST_PAGE = 200;
  private static final Set<String> STATUSES = Set.of("active", "completed", "stopped");

  /** A page; the next one has {@code page + 1} while {@code more} says so. */
  record Page<T>(List<T> items, int page, int pageSize, boolean more) {
    static <T> Page<T> of(List<T> oneMore, int page, int size) {
      return new Page<>(
          oneMore.subList(0, Math.min(size, oneMore.size())), page, size, oneMore.size() > size);
    }
  }

  private final Tenancy tenancy;
  private final EnrollmentViews views;
  private final ViewEnrollment viewEnrollment;

  EnrollmentController(Tenancy tenancy, EnrollmentViews views, ViewEnrollment viewEnrollment) {
    this.tenancy = tenancy;
    this.views = views;
    this.viewEnrollment = viewEnrollment;
  }

  @GetMapping("/api/enrollments")
  Page<EnrollmentLine> list(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(name = "campaign_id", required = false) @Nullable UUID campaignId,
      @RequestParam(name = "customer_id", required = false) @Nullable UUID customerId,
      @RequestParam(name = "job_id", required = false) @Nullable String jobId,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(name = "page_size", defaultValue = "50") int pageSize,
      CurrentUser user) {
    if (status != null && !STATUSES.contains(status)) {
      throw new RefusedException(
          Problems.invalid(
              List.of(
                  new FieldError(
                      "status", "unknown_status", "The status is active, completed or stopped."))));
    }
    int size = Math.clamp(pageSize, 1, LARGEST_PAGE);
    int number = Math.max(0, page);
    Filter filter = new Filter(user.businessId(), status, campaignId, customerId, jobId);
    return Page.of(
        tenancy.asBusiness(
            user.businessId(), () -> views.enrollments(filter, size + 1, (long) number * size)),
        number,
        size);
  }

  @GetMapping("/api/enrollments/{id}")
  EnrollmentView read(@PathVariable UUID id, CurrentUser user) {
    return viewEnrollment
        .view(user.businessId(), id)
        .orElseThrow(() -> new RefusedException(Problems.notFound("enrollment")));
  }

  @GetMapping("/api/refusals")
  Page<RefusalLine> refusals(
      @RequestParam(name = "job_id", required = false) @Nullable String jobId,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(name = "page_size", defaultValue = "50") int pageSize,
      CurrentUser user) {
    int size = Math.clamp(pageSize, 1, LARGEST_PAGE);
    int number = Math.max(0, page);
    return Page.of(
        tenancy.asBusiness(
            user.businessId(),
            () -> views.refusals(user.businessId(), jobId, reason, size + 1, (long) number * size)),
        number,
        size);
  }
}
