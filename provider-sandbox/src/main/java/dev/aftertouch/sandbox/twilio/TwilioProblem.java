package dev.aftertouch.sandbox.twilio;

import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.http.Reply;
import java.util.List;

/** A refusal in Twilio's words. */
record TwilioProblem(int status, int code, String message) {
  static final TwilioProblem UNAUTHORIZED = new TwilioProblem(401, 20003, "Authenticate");
  static final TwilioProblem TOO_MANY_REQUESTS = new TwilioProblem(429, 20429, "Too Many Requests");
  static final TwilioProblem SERVER_ERROR =
      new TwilioProblem(500, 20500, "An internal server error has occurred");

  static TwilioProblem notFound(String path) {
    return new TwilioProblem(404, 20404, "The requested resource " + path + " was not found");
  }

  Reply reply() {
    byte[] body =
        Json.object(
            json -> {
              json.writeNumberProperty("code", code);
              json.writeStringProperty("message", message);
              json.writeStringProperty("more_info", "https://www.twilio.com/docs/errors/" + code);
              json.writeNumberProperty("status", status);
            });
    List<String> headers = status == 429 ? List.of("retry-after", "1") : List.of();
    return new Reply.Answer(status, "application/json; charset=utf-8", body, headers);
  }
}
