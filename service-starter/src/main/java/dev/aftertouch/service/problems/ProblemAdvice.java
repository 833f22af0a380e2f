package dev.aftertouch.service.problems;

import dev.aftertouch.engine.definition.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** Turns what was not foreseen into a problem without internals, and logs it once. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(RefusedException refused) {
    return Problems.response(refused.problem());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> denied(AccessDeniedException denied) {
    return Problems.response(Problems.forbidden());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> notAnId(MethodArgumentTypeMismatchException mismatch) {
    return Problems.response(
        Problems.of(
            HttpStatus.BAD_REQUEST,
            "malformed",
            "A value is malformed",
            "The value of '" + mismatch.getName() + "' is not of the expected form."));
  }

  @ExceptionHandler({
    TransientDataAccessException.class,
    NonTransientDataAccessResourceException.class,
    RecoverableDataAccessException.class,
    TransactionException.class
  })
  ResponseEntity<ProblemDetail> away(RuntimeException away) {
    log.warn("The database was away", away);
    return Problems.response(
        Problems.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "try_again",
            "Try again",
            "The service is catching its breath. Repeat the request in a moment."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unforeseen(RuntimeException unforeseen) {
    log.error("A request failed", unforeseen);
    return Problems.response(
        Problems.of(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong here",
            "The fault is ours and has been logged. Repeat the request; if it fails again, tell support when it happened."));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException invalid,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<FieldError> errors =
        invalid.getBindingResult().getFieldErrors().stream()
            .map(
                e -> new FieldError(e.getField(), "invalid", String.valueOf(e.getDefaultMessage())))
            .toList();
    return new ResponseEntity<>(
        Problems.invalid(errors), headers, HttpStatus.UNPROCESSABLE_CONTENT);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException unreadable,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return new ResponseEntity<>(malformed(unreadable.getCause()), headers, HttpStatus.BAD_REQUEST);
  }

  private static ProblemDetail malformed(@Nullable Throwable cause) {
    String field =
        cause instanceof DatabindException databind
            ? databind.getPath().stream()
                .map(
                    r ->
                        r.getPropertyName() == null
                            ? "[" + r.getIndex() + "]"
                            : "." + r.getPropertyName())
                .reduce("", String::concat)
            : "";
    String path = field.startsWith(".") ? field.substring(1) : field;
    String where =
        cause instanceof JacksonException json && json.getLocation() != null
            ? " (line "
                + json.getLocation().getLineNr()
                + ", column "
                + json.getLocation().getColumnNr()
                + ")"
            : "";
    ProblemDetail problem =
        Problems.of(
            HttpStatus.BAD_REQUEST,
            "malformed",
            "The body cannot be read",
            path.isEmpty()
                ? "The body is not the expected JSON" + where + "."
                : "The value of '" + path + "' is not of the expected form" + where + ".");
    if (!path.isEmpty()) {
      problem.setProperty(
          "errors",
          List.of(new FieldError(path, "malformed", "This value is not of the expected form.")));
    }
    return problem;
  }
}
