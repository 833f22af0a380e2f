package dev.aftertouch.dispatch.sending;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Single fields of a provider's JSON answer. */
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
}
