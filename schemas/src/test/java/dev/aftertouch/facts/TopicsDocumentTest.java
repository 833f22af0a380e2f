package dev.aftertouch.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** {@code docs/topics.md} says what the schemas say. */
class TopicsDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/topics.md");
  private static final Path PROPOSED = Path.of("target/topics.md");

  @Test
  void isWhatTheSchemasSay() throws IOException {
    String expected = document();
    Files.writeString(PROPOSED, expected);

    assertThat(DOCUMENT)
        .as("docs/topics.md; when it is out of date: cp schemas/target/topics.md docs/topics.md")
        .exists()
        .hasContent(expected);
  }

  private static String document() {
    StringBuilder text = new StringBuilder();
    text.append("# Topics\n\n");
    text.append(
        """
        Written from the schemas (`schemas/src/main/avro`); a test keeps it so. Values are Avro in Confluent's wire
        format, subject `<topic>-value`; how to publish and read them is in `schemas/README.md`. What could not be
        processed lies in `<topic>.dead-letters`, with the reason in headers. All times are milliseconds since 1970
        in UTC.

        | topic | value | kept |
        |---|---|---|
        """);
    for (Topics.Topic topic : Topics.ALL) {
      text.append(
          "| [%s](#%s) | %s | %s |\n"
              .formatted(
                  topic.name(),
                  topic.name(),
                  topic.schema().getName(),
                  topic.compacted()
                      ? "newest of each key, for ever"
                      : topic.retentionDays() + " days"));
    }
    for (Topics.Topic topic : Topics.ALL) {
      text.append("\n## ").append(topic.name()).append("\n");
      Set<Schema> records = new LinkedHashSet<>();
      collect(topic.schema(), records);
      records.forEach(type -> describe(type, text));
    }
    return text.toString();
  }

  private static void describe(Schema type, StringBuilder text) {
    text.append("\n### ")
        .append(type.getName())
        .append("\n\n")
        .append(shown(type.getDoc()))
        .append("\n");
    if (type.getType() == Schema.Type.ENUM) {
      text.append("\nSymbols: ").append(String.join(", ", type.getEnumSymbols())).append("\n");
      return;
    }
    text.append("\n| field | type | meaning |\n|---|---|---|\n");
    for (Schema.Field field : type.getFields()) {
      text.append(
          "| %s | %s | %s |\n".formatted(field.name(), words(field.schema()), shown(field.doc())));
    }
  }

  private static void collect(Schema schema, Set<Schema> types) {
    switch (schema.getType()) {
      case RECORD -> {
        if (types.add(schema)) {
          schema.getFields().forEach(field -> collect(field.schema(), types));
        }
      }
      case ENUM -> types.add(schema);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, types));
      case ARRAY -> collect(schema.getElementType(), types);
      case MAP -> collect(schema.getValueType(), types);
      case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL, FIXED -> {}
    }
  }

  /** Markdown would take {@code <customer_id>} for HTML. */
  private static String shown(String doc) {
    return doc.replace("<", "&lt;");
  }

  private static String words(Schema schema) {
    if (schema.getLogicalType() != null) {
      return schema.getLogicalType().getName();
    }
    return switch (schema.getType()) {
      case UNION ->
          schema.getTypes().stream()
              .map(TopicsDocumentTest::words)
              .collect(Collectors.joining(" or "));
      case ARRAY -> "list of " + words(schema.getElementType());
      case MAP -> "map of " + words(schema.getValueType());
      case RECORD, ENUM -> schema.getName();
      case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL, FIXED ->
          schema.getType().getName();
    };
  }
}
