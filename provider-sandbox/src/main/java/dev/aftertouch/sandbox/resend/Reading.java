package dev.aftertouch.sandbox.resend;

import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.http.Reply;
import java.util.List;
import java.util.Map;

/** What a request body turned out to be. */
sealed interface Reading {
  /** One or more well-formed e-mails. */
  record Emails(List<Email> list) implements Reading {
    /** All recipients, bare, for faults and the ledger. */
    String recipients() {
      return list.size() == 1
          ? list.getFirst().bareTo()
          : String.join(",", list.stream().map(Email::bareTo).toList());
    }
  }

  /**
   * One e-mail as its sender wrote it.
   *
   * @param raw its JSON object
   */
  record Email(
      String from,
      List<String> to,
      String bareTo,
      String subject,
      Map<String, String> tags,
      byte[] raw) {}

  /** A refusal in Resend's words. */
  record Problem(int status, String name, String message) implements Reading {
    static Problem validation(String message) {
      return new Problem(400, "validation_error", message);
    }

    static Problem missing(String field) {
      return new Problem(422, "missing_required_field", "Missing `" + field + "` field.");
    }

    Reply reply() {
      byte[] body =
          Json.object(
              json -> {
                json.writeNumberProperty("statusCode", status);
                json.writeStringProperty("name", name);
                json.writeStringProperty("message", message);
              });
      List<String> headers =
          status == 429 ? List.of("retry-after", "1", "ratelimit-reset", "1") : List.of();
      return new Reply.Answer(status, "application/json; charset=utf-8", body, headers);
    }
  }
}
