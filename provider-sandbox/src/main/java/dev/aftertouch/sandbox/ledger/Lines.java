package dev.aftertouch.sandbox.ledger;

import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.messages.Provider;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A ledger entry as one line of JSON, and back. */
final class Lines {
  private Lines() {}

  /** The line without its first property {@code seq}, which is known only under the lock. */
  static byte[] tail(long receivedAt, long virtualAt, LedgerEntry entry) {
    return Json.object(
        json -> {
          json.writeNumberProperty("received_at", receivedAt);
          json.writeNumberProperty("virtual_at", virtualAt);
          json.writeStringProperty("provider", entry.provider().label());
          json.writeStringProperty("outcome", entry.outcome().label());
          json.writeStringProperty("id", entry.id());
          optional(json, "key", entry.key());
          json.writeStringProperty("sha256", entry.sha256());
          json.writeStringProperty("to", entry.to());
          optional(json, "from", entry.from());
          optional(json, "business", entry.business());
          Json.writeMap(json, "correlation", entry.correlation());
          optional(json, "reason", entry.reason());
        });
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  /** Null for a line that a crash cut off. */
  static LedgerEntry.@Nullable Kept parse(byte[] line) {
    try (JsonParser json = Json.parser(line)) {
      return json.nextToken() == JsonToken.START_OBJECT ? read(json) : null;
    } catch (JacksonException cutOff) {
      return null;
    }
  }

  private static LedgerEntry.@Nullable Kept read(JsonParser json) {
    long seq = 0;
    long receivedAt = 0;
    long virtualAt = 0;
    Provider provider = null;
    Outcome outcome = null;
    String id = "";
    String key = null;
    String sha256 = "";
    String to = "";
    String from = null;
    String reason = null;
    Map<String, String> correlation = Map.of();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "seq" -> seq = json.getLongValue();
        case "received_at" -> receivedAt = json.getLongValue();
        case "virtual_at" -> virtualAt = json.getLongValue();
        case "provider" -> provider = Provider.named(json.getString());
        case "outcome" -> outcome = Outcome.named(json.getString());
        case "id" -> id = json.getString();
        case "key" -> key = json.getString();
        case "sha256" -> sha256 = json.getString();
        case "to" -> to = json.getString();
        case "from" -> from = json.getString();
        case "reason" -> reason = json.getString();
        case "correlation" -> correlation = Json.readMap(json);
        default -> json.skipChildren();
      }
    }
    if (provider == null || outcome == null) {
      return null;
    }
    return new LedgerEntry.Kept(
        seq,
        receivedAt,
        virtualAt,
        new LedgerEntry(provider, id, key, sha256, to, from, correlation, outcome, reason));
  }
}
