package dev.aftertouch.gateway.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * One kind of problem as RFC 9457 describes it.
 *
 * @param code the last part of the stable {@code type}
 * @param detail one sentence for the caller, without internals
 */
public record Problem(HttpStatus status, String code, String title, String detail) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public static Problem notFound() {
    return new Problem(
        HttpStatus.NOT_FOUND, "not_found", "Not found", "There is nothing at this address.");
  }

  public static Problem unauthenticated() {
    return new Problem(
        HttpStatus.UNAUTHORIZED,
        "not_signed_in",
        "Sign-in needed",
        "Send a valid access token as \"Authorization: Bearer …\".");
  }

  public static Problem forbidden() {
    return new Problem(
        HttpStatus.FORBIDDEN, "forbidden", "Not allowed", "Your role does not allow this.");
  }

  public static Problem wrongCredentials() {
    return new Problem(
        HttpStatus.UNAUTHORIZED,
        "wrong_credentials",
        "Wrong e-mail or password",
        "The e-mail or the password is wrong.");
  }

  public static Problem tooManyAttempts() {
    return new Problem(
        HttpStatus.TOO_MANY_REQUESTS,
        "too_many_attempts",
        "Too many attempts",
        "Wait a minute before the next sign-in.");
  }

  public static Problem bodyTooLarge(long limitBytes) {
    return new Problem(
        HttpStatus.CONTENT_TOO_LARGE,
        "body_too_large",
        "Body too large",
        "This address takes at most " + limitBytes / 1024 + " KB.");
  }

  public static Problem serviceDown(String service) {
    return new Problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "service_unavailable",
        "Service unavailable",
        service + " does not answer at the moment; try again shortly.");
  }

  public static Problem serviceSlow(String service) {
    return new Problem(
        HttpStatus.GATEWAY_TIMEOUT,
        "service_timeout",
        "Service too slow",
        service + " did not answer in time; what you asked for may still be done.");
  }

  /** Any other answer that the servlet container decided on. */
  public static Problem of(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND -> notFound();
      case UNAUTHORIZED -> unauthenticated();
      case FORBIDDEN -> forbidden();
      default ->
          new Problem(
              status,
              status.is5xxServerError() ? "internal" : "malformed",
              status.getReasonPhrase(),
              status.is5xxServerError()
                  ? "Something went wrong on our side."
                  : "The request could not be understood.");
    };
  }

  /** The document as JSON. */
  public Map<String, Object> document(String instance) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "urn:aftertouch:problem:" + code);
    fields.put("title", title);
    fields.put("status", status.value());
    fields.put("detail", detail);
    fields.put("instance", instance);
    return fields;
  }

  /** Writes the document as the whole answer. */
  public void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response
        .getOutputStream()
        .write(
            JSON.writeValueAsString(document(request.getRequestURI()))
                .getBytes(StandardCharsets.UTF_8));
  }
}
