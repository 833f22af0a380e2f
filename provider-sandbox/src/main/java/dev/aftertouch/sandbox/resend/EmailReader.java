package dev.aftertouch.sandbox.resend;

import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.messages.Addresses;
import dev.aftertouch.sandbox.resend.Reading.Email;
import dev.aftertouch.sandbox.resend.Reading.Emails;
import dev.aftertouch.sandbox.resend.Reading.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads and checks the body of a send. Texts are only skipped over here: the inbox reads them from
 * the raw body when somebody looks.
 */
final class EmailReader {
  private static final int MAX_BATCH = 100;
  private static final int MAX_RECIPIENTS = 50;
  private static final int MAX_TAG_LENGTH = 256;

  private @Nullable String from;
  private List<String> to = List.of();
  private @Nullable String subject;
  private boolean hasContent;
  private Map<String, String> tags = Map.of();

  private EmailReader() {}

  static Reading one(byte[] body) {
    try (JsonParser json = Json.parser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Problem.validation("The request body must be a JSON object.");
      }
      return read(json, body, true);
    } catch (JacksonException broken) {
      return Problem.validation("The request body is not valid JSON.");
    }
  }

  static Reading batch(byte[] body) {
    try (JsonParser json = Json.parser(body)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        return Problem.validation("The request body must be a JSON array of e-mails.");
      }
      List<Email> emails = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        switch (read(json, body, false)) {
          case Emails one -> emails.addAll(one.list());
          case Problem problem -> {
            return problem;
          }
        }
      }
      if (emails.isEmpty() || emails.size() > MAX_BATCH) {
        return Problem.validation("A batch holds 1 to " + MAX_BATCH + " e-mails.");
      }
      return new Emails(emails);
    } catch (JacksonException broken) {
      return Problem.validation("The request body is not valid JSON.");
    }
  }

  private static Reading read(JsonParser json, byte[] body, boolean whole) {
    int start = (int) json.currentTokenLocation().getByteOffset();
    EmailReader reader = new EmailReader();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      Problem problem = reader.property(json);
      if (problem != null) {
        return problem;
      }
    }
    int end = (int) json.currentLocation().getByteOffset();
    return reader.check(whole ? body : Arrays.copyOfRange(body, start, end));
  }

  private @Nullable Problem property(JsonParser json) {
    String name = json.currentName();
    JsonToken token = json.nextToken();
    switch (name) {
      case "from" -> from = token == JsonToken.VALUE_STRING ? json.getString() : null;
      case "to" -> to = Json.readStrings(json);
      case "subject" -> subject = token == JsonToken.VALUE_STRING ? json.getString() : null;
      case "html", "text" -> hasContent |= token == JsonToken.VALUE_STRING;
      case "tags" -> {
        return readTags(json, token);
      }
      default -> json.skipChildren();
    }
    return null;
  }

  private @Nullable Problem readTags(JsonParser json, JsonToken token) {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.START_ARRAY) {
      json.skipChildren();
      return Problem.validation("The `tags` field must be an array of {name, value}.");
    }
    tags = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Map<String, String> tag = Json.readMap(json);
      String name = tag.get("name");
      String value = tag.get("value");
      if (name == null || value == null || !tagWord(name) || !tagWord(value)) {
        return Problem.validation(
            "Tags should only contain ASCII letters, numbers, underscores, or dashes.");
      }
      tags.put(name, value);
    }
    return null;
  }

  private static boolean tagWord(String word) {
    if (word.isEmpty() || word.length() > MAX_TAG_LENGTH) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private Reading check(byte[] raw) {
    if (from == null) {
      return Problem.missing("from");
    }
    if (to.isEmpty()) {
      return Problem.missing("to");
    }
    if (subject == null) {
      return Problem.missing("subject");
    }
    if (!hasContent) {
      return Problem.validation("Missing `html` or `text` field.");
    }
    if (!Addresses.valid(from)) {
      return new Problem(
          422,
          "invalid_from_address",
          "Invalid `from` field. The email address needs to follow the `email@example.com` or"
              + " `Name <email@example.com>` format.");
    }
    if (to.size() > MAX_RECIPIENTS || !to.stream().allMatch(Addresses::valid)) {
      return Problem.validation(
          "Invalid `to` field. The email address needs to follow the `email@example.com` or"
              + " `Name <email@example.com>` format; at most 50 addresses.");
    }
    return new Emails(List.of(new Email(from, to, Addresses.bare(to), subject, tags, raw)));
  }
}
