package dev.aftertouch.benchmarks.reporting;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Figures as JSON, their names in snake_case. */
public final class JsonText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private JsonText() {}

  /** Of a record of figures. */
  public static String of(Object figures) {
    return MAPPER.writeValueAsString(figures);
  }
}
