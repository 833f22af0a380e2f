package dev.aftertouch.sandbox.faults;

import dev.aftertouch.sandbox.http.BadRequest;
import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.http.Reply;
import dev.aftertouch.sandbox.http.Request;
import dev.aftertouch.sandbox.messages.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** {@code PUT}, {@code GET}, {@code DELETE /sandbox/faults}. */
public final class FaultsApi {
  private final Faults faults;

  public FaultsApi(Faults faults) {
    this.faults = faults;
  }

  public Reply handle(Request request) {
    switch (request.method()) {
      case "GET" -> {}
      case "PUT" -> faults.replace(parse(request.body()));
      case "DELETE" -> faults.replace(List.of());
      default -> {
        return Reply.problem(405, "Use GET, PUT or DELETE.");
      }
    }
    return Reply.json(200, Json.write(this::write));
  }

  private void write(JsonGenerator json) {
    json.writeStartArray();
    for (Fault fault : faults.list()) {
      json.writeStartObject();
      if (fault.provider() != null) {
        json.writeStringProperty("provider", fault.provider().label());
      }
      json.writeStringProperty("kind", fault.kind().label());
      json.writeNumberProperty("probability", fault.probability());
      json.writeNumberProperty("delay_ms", fault.delayMillis());
      json.writeNumberProperty("remaining", fault.remaining());
      if (fault.to() != null) {
        json.writeStringProperty("to", fault.to());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static List<Fault> parse(byte[] body) {
    try (JsonParser json = Json.parser(body)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new BadRequest("A list of faults is expected: [{\"kind\": \"delay\"}].");
      }
      List<Fault> faults = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        faults.add(fault(Json.readMap(json)));
      }
      return faults;
    } catch (JacksonException broken) {
      throw new BadRequest("The faults are not JSON: " + broken.getOriginalMessage());
    }
  }

  private static Fault fault(Map<String, String> given) {
    Fault.Kind kind = Fault.Kind.named(given.get("kind"));
    if (kind == null) {
      throw new BadRequest("Unknown kind of fault: " + given.get("kind"));
    }
    String name = given.get("provider");
    Provider provider = Provider.named(name);
    if (name != null && provider == null) {
      throw new BadRequest("Unknown provider: " + name);
    }
    double probability = number(given, "probability", 1);
    if (!(probability >= 0 && probability <= 1)) {
      throw new BadRequest("The probability lies between 0 and 1.");
    }
    return new Fault(
        provider,
        kind,
        probability,
        Math.max(0, (long) number(given, "delay_ms", 0)),
        (long) number(given, "remaining", -1),
        recipient(given.get("to")));
  }

  private static @Nullable String recipient(@Nullable String to) {
    return to == null || to.isBlank() ? null : to.strip();
  }

  private static double number(Map<String, String> given, String name, double otherwise) {
    try {
      String value = given.get(name);
      return value == null ? otherwise : Double.parseDouble(value);
    } catch (NumberFormatException notANumber) {
      throw new BadRequest(name + " is not a number: " + given.get(name));
    }
  }
}
