package dev.aftertouch.enrollment.viewing;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.gate.Reason;
import dev.aftertouch.engine.journey.Plan;
import dev.aftertouch.engine.journey.PlannedTouch;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.enrollment.viewing.EnrollmentViews.EndedTouch;
import dev.aftertouch.enrollment.viewing.EnrollmentViews.EnrollmentLine;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** One enrollment with all its touches: those that ended as they ended, the others as planned. */
@Service
class ViewEnrollment {
  /**
   * A touch.
   *
   * @param status pending, sent, skipped, failed or unknown; what a stop left unsent is skipped
   * @param reason why it was skipped or failed; for a pending one why it was put off
   */
  record TouchView(
      String stepId,
      int number,
      String channel,
      String status,
      @Nullable String reason,
      Instant scheduledAt,
      @Nullable Instant sentAt) {}

  /** An enrollment and its touches in their order. */
  record EnrollmentView(EnrollmentLine enrollment, List<TouchView> touches) {}

  private final Tenancy tenancy;
  private final EnrollmentViews views;
  private final Directory directory;

  ViewEnrollment(Tenancy tenancy, EnrollmentViews views, Directory directory) {
    this.tenancy = tenancy;
    this.views = views;
    this.directory = directory;
  }

  Optional<EnrollmentView> view(UUID businessId, UUID enrollmentId) {
    return tenancy.asBusiness(
        businessId,
        () ->
            views
                .enrollment(businessId, enrollmentId)
                .map(line -> new EnrollmentView(line, touches(businessId, line))));
  }

  private List<TouchView> touches(UUID businessId, EnrollmentLine line) {
    Path path = views.path(businessId, line.enrollmentId());
    CampaignDefinition definition =
        Objects.requireNonNull(directory.followed(List.of(path.followed())).get(path.followed()))
            .campaign();
    List<EndedTouch> ended = views.endedTouches(businessId, line.enrollmentId());
    List<TouchView> touches = new ArrayList<>();
    for (EndedTouch touch : ended) {
      touches.add(
          new TouchView(
              touch.stepId(),
              touch.number(),
              touch.channel(),
              touch.status(),
              touch.reason(),
              touch.scheduledAt(),
              touch.sentAt()));
    }
    Set<String> done = ended.stream().map(EndedTouch::stepId).collect(Collectors.toSet());
    boolean active = line.endedAt() == null;
    for (PlannedTouch planned : Plan.touches(definition, path.anchor(), path.firstDelay())) {
      if (!done.contains(planned.stepId())) {
        String deferral = planned.stepId().equals(line.stepId()) ? line.deferral() : null;
        touches.add(
            new TouchView(
                planned.stepId(),
                planned.number(),
                planned.channel().code(),
                active ? "pending" : "skipped",
                active ? deferral : Reason.ENROLLMENT_STOPPED.code(),
                planned.scheduledAt(),
                null));
      }
    }
    return touches;
  }
}
