package dev.aftertouch.enrollment.stopping;

import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StopController {
  private final StopByOwner stopByOwner;

  StopController(StopByOwner stopByOwner) {
    this.stopByOwner = stopByOwner;
  }

  @PostMapping("/api/enrollments/{id}/stop")
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void stop(@PathVariable UUID id, CurrentUser user) {
    switch (stopByOwner.stop(user.businessId(), id, user.email())) {
      case STOPPED -> {}
      case NOT_FOUND -> throw new RefusedException(Problems.notFound("enrollment"));
      case ALREADY_ENDED ->
          throw new RefusedException(
              Problems.of(
                  HttpStatus.CONFLICT,
                  "enrollment_ended",
                  "The enrollment has ended",
                  "It had completed or stopped before; there is nothing left to stop."));
    }
  }
}
