package dev.aftertouch.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What goes back to the caller. {@link Cut} closes the connection without an answer. */
public sealed interface Reply {
  /** An HTTP answer; {@code headers} holds names and values in turn. */
  record Answer(int status, String contentType, byte[] body, List<String> headers)
      implements Reply {}

  record Cut() implements Reply {}

  static Reply json(int status, byte[] body) {
    return new Answer(status, "application/json; charset=utf-8", body, List.of());
  }

  static Reply html(int status, String page) {
    return new Answer(
        status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8), List.of());
  }

  static Reply problem(int status, String detail) {
    return json(
        status,
        Json.object(
            json -> {
              json.writeNumberProperty("status", status);
              json.writeStringProperty("detail", detail);
            }));
  }

  /** Sends a browser on to another page after a form. */
  static Reply seeOther(String location) {
    return new Answer(303, "text/plain", new byte[0], List.of("location", location));
  }

  /** The status code for the records, 0 for a cut connection. */
  default int code() {
    return switch (this) {
      case Answer answer -> answer.status();
      case Cut cut -> 0;
    };
  }
}
