package dev.aftertouch.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** House rules of the schemas, so that they can grow and be understood. */
class SchemaRulesTest {
  static Stream<Topics.Topic> topics() {
    return Topics.ALL.stream();
  }

  @Test
  void coverEveryTopicOnce() {
    assertThat(Topics.ALL).extracting(Topics.Topic::name).doesNotHaveDuplicates().hasSize(10);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("topics")
  void documentEveryTypeAndField(Topics.Topic topic) {
    List<String> undocumented = new ArrayList<>();
    namedTypes(topic.schema())
        .values()
        .forEach(
            type -> {
              if (isBlank(type.getDoc())) {
                undocumented.add(type.getName());
              }
              if (type.getType() == Schema.Type.RECORD) {
                type.getFields().stream()
                    .filter(field -> isBlank(field.doc()))
                    .forEach(field -> undocumented.add(type.getName() + "." + field.name()));
              }
            });

    assertThat(undocumented).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("topics")
  void sayInTheirDocWhatTheKeyIs(Topics.Topic topic) {
    assertThat(topic.schema().getDoc()).contains("Value of topic " + topic.name()).contains("Key");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("topics")
  void giveOptionalFieldsADefaultSoThatOldFactsCanBeRead(Topics.Topic topic) {
    assertThat(namedTypes(topic.schema()).values())
        .filteredOn(type -> type.getType() == Schema.Type.RECORD)
        .flatExtracting(Schema::getFields)
        .filteredOn(field -> field.schema().isNullable())
        .allSatisfy(field -> assertThat(field.hasDefaultValue()).as(field.name()).isTrue());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("topics")
  void giveEnumsASymbolForWhatIsNotKnownYet(Topics.Topic topic) {
    assertThat(namedTypes(topic.schema()).values())
        .filteredOn(type -> type.getType() == Schema.Type.ENUM)
        .allSatisfy(type -> assertThat(type.getEnumDefault()).isEqualTo("UNKNOWN"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("topics")
  void writeNamesInSnakeCase(Topics.Topic topic) {
    assertThat(namedTypes(topic.schema()).values())
        .filteredOn(type -> type.getType() == Schema.Type.RECORD)
        .flatExtracting(Schema::getFields)
        .allSatisfy(field -> assertThat(field.name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"));
  }

  private static Map<String, Schema> namedTypes(Schema schema) {
    Map<String, Schema> types = new LinkedHashMap<>();
    collect(schema, types);
    return types;
  }

  private static void collect(Schema schema, Map<String, Schema> types) {
    switch (schema.getType()) {
      case RECORD -> {
        if (types.putIfAbsent(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), types));
        }
      }
      case ENUM, FIXED -> types.putIfAbsent(schema.getFullName(), schema);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, types));
      case ARRAY -> collect(schema.getElementType(), types);
      case MAP -> collect(schema.getValueType(), types);
      case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
    }
  }

  private static boolean isBlank(String doc) {
    return doc == null || doc.isBlank();
  }
}
