package dev.aftertouch.dispatch.reviewing;

import dev.aftertouch.dispatch.reviewing.ReviewTexts.Decision;
import dev.aftertouch.dispatch.reviewing.Reviews.Review;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.access.Role;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The queue of texts that may be opt-outs. Analysts see that they are, not who wrote what. */
@RestController
@RequestMapping("/api/reviews")
class ReviewsController {
  private static final int LONGEST_PAGE = 200;

  record Entry(
      UUID id,
      @Nullable UUID customerId,
      @Nullable String address,
      @Nullable String text,
      String rule,
      Instant receivedAt,
      @Nullable String decision,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt) {}

  record Page(List<Entry> reviews, int limit, int offset) {}

  record Deciding(@Nullable String decision) {}

  private final Tenancy tenancy;
  private final Reviews reviews;
  private final ReviewTexts review;

  ReviewsController(Tenancy tenancy, Reviews reviews, ReviewTexts review) {
    this.tenancy = tenancy;
    this.reviews = reviews;
    this.review = review;
  }

  @GetMapping
  Page list(
      CurrentUser user,
      @RequestParam(defaultValue = "true") boolean open,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(defaultValue = "0") int offset) {
    int size = Math.clamp(limit, 1, LONGEST_PAGE);
    int from = Math.max(0, offset);
    List<Review> page =
        tenancy.asBusiness(
            user.businessId(), () -> reviews.page(user.businessId(), open, size, from));
    return new Page(page.stream().map(entry -> visible(user, entry)).toList(), size, from);
  }

  private static Entry visible(CurrentUser user, Review review) {
    boolean personal = user.role() != Role.ANALYST;
    return new Entry(
        review.id(),
        review.customer(),
        personal ? review.address() : null,
        personal ? review.body() : null,
        review.rule(),
        review.receivedAt(),
        review.decision(),
        review.decidedBy(),
        review.decidedAt());
  }

  @PostMapping("/{id}")
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void decide(CurrentUser user, @PathVariable UUID id, @RequestBody Deciding deciding) {
    Decision decision =
        switch (deciding.decision()) {
          case "opt_out" -> Decision.OPT_OUT;
          case "go_on" -> Decision.GO_ON;
          case null, default ->
              throw new RefusedException(
                  Problems.invalid(
                      List.of(
                          new FieldError(
                              "decision",
                              "unknown_decision",
                              "The decision must be opt_out or go_on."))));
        };
    switch (review.decide(user.businessId(), id, decision, user.email())) {
      case DECIDED -> {}
      case UNKNOWN -> throw new RefusedException(Problems.notFound("review"));
      case DECIDED_BEFORE ->
          throw new RefusedException(
              Problems.of(
                  HttpStatus.CONFLICT,
                  "decided_before",
                  "Decided before",
                  "Somebody has decided this review already."));
    }
  }
}
