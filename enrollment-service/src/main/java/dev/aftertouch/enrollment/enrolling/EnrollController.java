package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.enrollment.enrolling.EnrollByHand.Answer;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EnrollController {
  /** Who is to be enrolled where: the customer by one of the two ids. */
  record EnrollRequest(
      @Nullable UUID campaignId, @Nullable UUID customerId, @Nullable String customerExternalId) {}

  private final EnrollByHand enrollByHand;

  EnrollController(EnrollByHand enrollByHand) {
    this.enrollByHand = enrollByHand;
  }

  @PostMapping("/api/enrollments")
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  ResponseEntity<Map<String, UUID>> enroll(@RequestBody EnrollRequest request, CurrentUser user) {
    UUID campaignId = request.campaignId();
    if (campaignId == null) {
      throw invalid("campaign_id", "Name the campaign by its campaign_id.");
    }
    if (request.customerId() == null && request.customerExternalId() == null) {
      throw invalid("customer_id", "Name the customer by customer_id or customer_external_id.");
    }
    Answer answer =
        enrollByHand.enroll(
            user.businessId(), campaignId, request.customerId(), request.customerExternalId());
    return switch (answer) {
      case Answer.Enrolled enrolled ->
          ResponseEntity.created(URI.create("/api/enrollments/" + enrolled.enrollmentId()))
              .body(Map.of("enrollment_id", enrolled.enrollmentId()));
      case Answer.UnknownCustomer ignored ->
          throw new RefusedException(Problems.notFound("customer"));
      case Answer.Refused refused -> throw new RefusedException(refusal(refused));
    };
  }

  private static RefusedException invalid(String field, String message) {
    return new RefusedException(
        Problems.invalid(List.of(new FieldError(field, "missing", message))));
  }

  private static ProblemDetail refusal(Answer.Refused refused) {
    ProblemDetail problem =
        Problems.of(
            HttpStatus.CONFLICT,
            "enrollment_refused",
            "The customer was not enrolled",
            refused.explanation());
    problem.setProperty("reason", refused.reason());
    return problem;
  }
}
