package dev.aftertouch.sandbox.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** Streaming JSON: no object mapper, because parsing is on the path of every send. */
public final class Json {
  private static final JsonFactory FACTORY = JsonFactory.builder().build();

  private Json() {}

  public static JsonParser parser(byte[] bytes) {
    return FACTORY.createParser(ObjectReadContext.empty(), bytes);
  }

  /** One object; the function writes its properties. */
  public static byte[] object(Consumer<JsonGenerator> properties) {
    return write(
        json -> {
          json.writeStartObject();
          properties.accept(json);
          json.writeEndObject();
        });
  }

  /** One value; the function writes it whole. */
  public static byte[] write(Consumer<JsonGenerator> value) {
    ByteArrayBuilder out = new ByteArrayBuilder(512);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      value.accept(json);
    }
    return out.toByteArray();
  }

  public static void writeMap(JsonGenerator json, String name, Map<String, String> map) {
    json.writeObjectPropertyStart(name);
    map.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  public static void writeStrings(JsonGenerator json, String name, List<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  /** The parser stands on the value: a string, or an array whose strings are taken. */
  public static List<String> readStrings(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return json.currentToken() == JsonToken.VALUE_STRING ? List.of(json.getString()) : List.of();
    }
    List<String> strings = new ArrayList<>(2);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        strings.add(json.getString());
      } else {
        json.skipChildren();
      }
    }
    return strings;
  }

  /** The parser stands on the value; scalar properties are taken as text, others are skipped. */
  public static Map<String, String> readMap(JsonParser json) {
    Map<String, String> map = new LinkedHashMap<>();
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return map;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
        map.put(name, json.getString());
      } else {
        json.skipChildren();
      }
    }
    return map;
  }
}
