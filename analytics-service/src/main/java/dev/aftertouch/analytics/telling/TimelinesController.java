package dev.aftertouch.analytics.telling;

import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The stories of several enrollments in one document: analytics' part of a customer's data. */
@RestController
class TimelinesController {
  private static final int MOST = 50;

  /** In the order asked for; an enrollment of which nothing is told has no items. */
  record Answer(List<TimelineController.Answer> timelines) {}

  private final Tenancy tenancy;
  private final Timelines timelines;

  TimelinesController(Tenancy tenancy, Timelines timelines) {
    this.tenancy = tenancy;
    this.timelines = timelines;
  }

  @GetMapping("/api/analytics/timelines")
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  Answer timelines(CurrentUser user, @RequestParam("enrollment_id") List<UUID> enrollments) {
    if (enrollments.size() > MOST) {
      throw new RefusedException(
          Problems.invalid(
              List.of(
                  new FieldError(
                      "enrollment_id", "too_many", "Ask for at most " + MOST + " at a time."))));
    }
    return tenancy.asBusiness(
        user.businessId(),
        () -> {
          ZoneId zone = timelines.zone(user.businessId());
          return new Answer(
              enrollments.stream()
                  .map(
                      id ->
                          TimelineController.answer(
                              id,
                              timelines.of(user.businessId(), id, TimelineController.LONGEST + 1),
                              zone))
                  .toList());
        });
  }
}
