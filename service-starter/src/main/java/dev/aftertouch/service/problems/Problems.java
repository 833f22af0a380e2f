package dev.aftertouch.service.problems;

import dev.aftertouch.engine.definition.FieldError;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * RFC 9457 problems: a stable {@code type}, a title, one sentence that says what to do, and field
 * errors in {@code errors}.
 */
public final class Problems {
  private static final String TYPE = "urn:aftertouch:problem:";

  private Problems() {}

  /** A problem with the type {@code urn:aftertouch:problem:<code>}. */
  public static ProblemDetail of(HttpStatus status, String code, String title, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(TYPE + code));
    problem.setTitle(title);
    return problem;
  }

  /** 422 with the errors of single fields. */
  public static ProblemDetail invalid(List<FieldError> errors) {
    ProblemDetail problem =
        of(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "invalid",
            "Some fields need a change",
            errors.size() == 1
                ? errors.getFirst().message()
                : errors.size() + " fields need a change; see errors.");
    problem.setProperty("errors", errors);
    return problem;
  }

  /** 404: it is not there, or it belongs to another business; the answer is the same. */
  public static ProblemDetail notFound(String what) {
    return of(
        HttpStatus.NOT_FOUND,
        "not_found",
        "Not found",
        "There is no such " + what + " in your business.");
  }

  /** 403. */
  public static ProblemDetail forbidden() {
    return of(
        HttpStatus.FORBIDDEN,
        "forbidden",
        "Not allowed",
        "Your role does not allow this. Ask the owner of the business.");
  }

  /** The problem as a response. */
  public static ResponseEntity<ProblemDetail> response(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus()).body(problem);
  }
}
