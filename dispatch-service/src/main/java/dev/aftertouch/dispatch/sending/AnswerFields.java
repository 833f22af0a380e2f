package dev.aftertouch.dispatch.sending;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fields of a provider's JSON answer. */
final class AnswerFields {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AnswerFields() {}

  /**
   * A text or number on the first level, read no further than there; null where there is none or
   * the answer is no JSON object.
   */
  static @Nullable String text(String body, String field) {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = json.currentName().equals(field);
        JsonToken value = json.nextToken();
        if (found) {
          return value == null || !value.isScalarValue() || value == JsonToken.VALUE_NULL
              ? null
              : json.getString();
        }
        json.skipChildren();
      }
      return null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  /**
   * The texts of that field in each object of a list on the first level; empty where an object has
   * none or the answer is not of this form.
   */
  static List<String> texts(String body, String list, String field) {
    List<String> texts = new ArrayList<>();
    try {
      for (JsonNode one : JSON.readTree(body).path(list)) {
        if (!one.path(field).isString()) {
          return List.of();
        }
        texts.add(one.path(field).stringValue());
      }
    } catch (JacksonException notJson) {
      return List.of();
    }
    return texts;
  }
}
