package dev.aftertouch.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;

/**
 * The code generator looks at the age of each file by itself: after a change in {@code parts} it
 * leaves the records that hold the part as they were.
 */
class GeneratedCodeTest {
  @Test
  void isOfTodaysSources() throws IOException {
    Map<String, Schema> sources = sources();

    assertThat(Topics.ALL)
        .as("generated classes; when they are out of date: mvn -pl schemas clean")
        .allSatisfy(
            topic ->
                assertThat(PublicSchemas.of(topic))
                    .isEqualTo(sources.get(topic.schema().getFullName())));
  }

  private static Map<String, Schema> sources() throws IOException {
    SchemaParser parser = new SchemaParser();
    try (Stream<Path> files = Files.walk(Path.of("src/main/avro"))) {
      List<Path> schemas = files.filter(file -> file.toString().endsWith(".avsc")).toList();
      for (Path schema : schemas) {
        parser.parse(schema);
      }
    }
    return parser.getParsedNamedSchemas().stream()
        .collect(Collectors.toMap(Schema::getFullName, Function.identity()));
  }
}
