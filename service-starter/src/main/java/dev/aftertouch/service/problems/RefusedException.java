package dev.aftertouch.service.problems;

import org.springframework.http.ProblemDetail;

/**
 * Carries a refusal's problem out of a controller; use cases return refusals as values and never
 * throw this.
 */
public final class RefusedException extends RuntimeException {
  private final transient ProblemDetail problem;

  /** Ends the request with that problem. */
  public RefusedException(ProblemDetail problem) {
    super(problem.getDetail(), null, false, false);
    this.problem = problem;
  }

  ProblemDetail problem() {
    return problem;
  }
}
