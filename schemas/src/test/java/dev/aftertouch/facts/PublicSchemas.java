package dev.aftertouch.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/**
 * The value schemas as other systems see them: whole, and without the marks that our code generator
 * adds.
 */
final class PublicSchemas {
  private static final String GENERATOR_MARK = "avro.java.string";
  private static final ObjectMapper JSON = new ObjectMapper();

  private PublicSchemas() {}

  static Schema of(Topics.Topic topic) {
    return new Schema.Parser().parse(json(topic));
  }

  /** Indented, as it lies in the history. */
  static String json(Topics.Topic topic) {
    try {
      JsonNode marked = JSON.readTree(topic.schema().toString());
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(plain(marked)) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode plain(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(GENERATOR_MARK);
      object.properties().forEach(field -> field.setValue(plain(field.getValue())));
      return object.size() == 1 && object.path("type").isTextual()
          ? TextNode.valueOf(object.path("type").textValue())
          : object;
    }
    if (node.isArray()) {
      var array = JSON.createArrayNode();
      node.forEach(element -> array.add(plain(element)));
      return array;
    }
    return node;
  }
}
