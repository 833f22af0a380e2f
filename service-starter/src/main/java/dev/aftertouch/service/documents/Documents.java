package dev.aftertouch.service.documents;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignSettings;
import dev.aftertouch.engine.definition.FieldError;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The canonical JSON of campaign definitions and business settings: snake_case names, lower-case
 * codes, sorted as declared, nulls left out. The same text is the API's body, the stored version
 * and the payload in Kafka. What a document leaves out that has a default gets it; what it leaves
 * out that has none is a {@link MalformedDocument}, never a null in a record.
 */
public final class Documents {
  private final JsonMapper json;

  /** Takes the mapper's module from the application, or {@link EngineModule} on a bare mapper. */
  public Documents(JsonMapper json) {
    this.json = json;
  }

  /** Reads a campaign definition. */
  public CampaignDefinition campaign(String text) {
    return campaign(tree(text));
  }

  /** Reads a campaign definition, filling in the default settings and trigger. */
  public CampaignDefinition campaign(JsonNode document) {
    ObjectNode node = checked(document).deepCopy();
    ObjectNode settings = json.valueToTree(CampaignSettings.DEFAULTS);
    if (node.get("settings") instanceof ObjectNode given) {
      given.properties().forEach(entry -> settings.set(entry.getKey(), entry.getValue()));
    }
    node.set("settings", settings);
    if (!node.has("triggers")) {
      node.putArray("triggers").addObject().put("kind", "job_completion");
    }
    return bind(node, CampaignDefinition.class);
  }

  /** Reads business settings. */
  public BusinessSettings settings(String text) {
    return complete(checked(tree(text)));
  }

  /** Reads business settings, filling in the default of what came later than the first of them. */
  public BusinessSettings settings(JsonNode document) {
    return complete(checked(document).deepCopy());
  }

  private BusinessSettings complete(ObjectNode node) {
    if (!node.has("minimum_gap")) {
      node.set("minimum_gap", json.valueToTree(BusinessSettings.DEFAULT_MINIMUM_GAP));
    }
    if (!node.has("on_unknown")) {
      node.set("on_unknown", json.valueToTree(BusinessSettings.DEFAULT_ON_UNKNOWN));
    }
    return bind(node, BusinessSettings.class);
  }

  /** The canonical text of a definition or settings. */
  public String write(Object document) {
    return json.writeValueAsString(document);
  }

  private <T> T bind(JsonNode node, Class<T> type) {
    try {
      T value = json.treeToValue(node, type);
      List<FieldError> missing = MissingFields.in(value);
      if (!missing.isEmpty()) {
        throw new MalformedDocument(missing);
      }
      return value;
    } catch (DatabindException mismatch) {
      throw new MalformedDocument(
          List.of(new FieldError(path(mismatch), "malformed", message(mismatch))));
    }
  }

  private JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (JacksonException unreadable) {
      throw new MalformedDocument(
          List.of(
              new FieldError(
                  "",
                  "malformed",
                  "The document is not JSON: " + unreadable.getOriginalMessage())));
    }
  }

  private static ObjectNode checked(JsonNode document) {
    if (document instanceof ObjectNode node) {
      return node;
    }
    throw new MalformedDocument(
        List.of(new FieldError("", "malformed", "The document must be a JSON object.")));
  }

  private static String path(DatabindException mismatch) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : mismatch.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  private static String message(DatabindException mismatch) {
    String original = mismatch.getOriginalMessage();
    int internals = original.indexOf(" (class ");
    return internals < 0
        ? "This value is not of the expected form."
        : original.substring(0, internals) + " is not known here.";
  }
}
