package dev.aftertouch.sandbox.resend;

import dev.aftertouch.sandbox.faults.Fault;
import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.http.Reply;
import dev.aftertouch.sandbox.resend.Reading.Problem;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the caller hears, on a good day and on a bad one. */
final class Answers {
  private Answers() {}

  /** What the fault answers before anything is accepted; null where it comes later. */
  static @Nullable Problem refusal(Fault.Kind kind) {
    return switch (kind) {
      case TOO_MANY_REQUESTS ->
          new Problem(429, "rate_limit_exceeded", "Too many requests. Please limit your requests.");
      case SERVER_ERROR ->
          new Problem(500, "internal_server_error", "An unexpected error occurred.");
      case UNAUTHORIZED -> new Problem(403, "invalid_api_key", "API key is invalid.");
      case DELAY, SERVER_ERROR_AFTER_ACCEPT, ACCEPT_THEN_CUT, CUT_BEFORE -> null;
    };
  }

  /** The ids, unless a fault keeps them from the caller. */
  static Reply afterAcceptance(Sending sending, UUID first) {
    Fault fault = sending.fault();
    if (fault == null) {
      return ids(sending, first);
    }
    return switch (fault.kind()) {
      case ACCEPT_THEN_CUT -> new Reply.Cut();
      case SERVER_ERROR_AFTER_ACCEPT ->
          new Problem(500, "internal_server_error", "An unexpected error occurred.").reply();
      case DELAY, TOO_MANY_REQUESTS, SERVER_ERROR, CUT_BEFORE, UNAUTHORIZED -> ids(sending, first);
    };
  }

  private static Reply ids(Sending sending, UUID first) {
    if (!sending.batch()) {
      return Reply.json(200, ("{\"id\":\"" + first + "\"}").getBytes(StandardCharsets.US_ASCII));
    }
    return Reply.json(
        200,
        Json.object(
            json -> {
              json.writeArrayPropertyStart("data");
              for (int i = 0; i < sending.emails().list().size(); i++) {
                json.writeStartObject();
                json.writeStringProperty("id", BatchIds.at(first, i).toString());
                json.writeEndObject();
              }
              json.writeEndArray();
            }));
  }
}
