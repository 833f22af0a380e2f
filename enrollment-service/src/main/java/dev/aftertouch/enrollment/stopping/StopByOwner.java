package dev.aftertouch.enrollment.stopping;

import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.outbox.Outbox;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Somebody of the business stops an enrollment (owner_stopped). The fact leaves through the outbox:
 * with the commit or not at all.
 */
@Service
class StopByOwner {
  enum Answer {
    STOPPED,
    ALREADY_ENDED,
    NOT_FOUND
  }

  private final Tenancy tenancy;
  private final StopEnrollments stopEnrollments;
  private final Outbox outbox;
  private final JdbcClient jdbc;
  private final InstantSource clock;

  StopByOwner(
      Tenancy tenancy,
      StopEnrollments stopEnrollments,
      Outbox outbox,
      JdbcClient jdbc,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.stopEnrollments = stopEnrollments;
    this.outbox = outbox;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Answer stop(UUID businessId, UUID enrollmentId, String user) {
    return tenancy.asBusiness(
        businessId,
        () -> {
          StopOrder order =
              new StopOrder(
                  new EnrollmentKey(businessId, enrollmentId), StopReason.OWNER_STOPPED, user);
          List<Outgoing> facts = stopEnrollments.stop(List.of(order), clock.instant());
          facts.forEach(fact -> outbox.add(businessId, fact.topic(), fact.key(), fact.value()));
          if (!facts.isEmpty()) {
            return Answer.STOPPED;
          }
          return exists(enrollmentId) ? Answer.ALREADY_ENDED : Answer.NOT_FOUND;
        });
  }

  private boolean exists(UUID enrollmentId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM enrollments WHERE enrollment_id = :id)")
        .param("id", enrollmentId)
        .query(Boolean.class)
        .single();
  }
}
