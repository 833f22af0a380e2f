package dev.aftertouch.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Facts stay in topics for years and are read by programs of another age: every version of a value
 * schema reads what every other wrote (FULL_TRANSITIVE). Each version that was ever released lies
 * in {@code history/<topic>/<n>.avsc} and is never changed.
 */
class CompatibilityTest {
  private static final Path HISTORY = Path.of("src/test/resources/history");

  static Stream<Topics.Topic> topics() {
    return Topics.ALL.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("topics")
  void isTheNewestOfTheHistory(Topics.Topic topic) throws IOException {
    List<Schema> history = history(topic);
    Schema current = PublicSchemas.of(topic);

    if (history.isEmpty() || !history.getLast().equals(current)) {
      Path next = Path.of(topic.name(), (history.size() + 1) + ".avsc");
      Path proposed = Path.of("target/history").resolve(next);
      Files.createDirectories(proposed.getParent());
      Files.writeString(proposed, PublicSchemas.json(topic));
      fail(
          "The schema of topic %s differs from version %d of its history. When that is intended,"
              + " add the new version: cp schemas/%s schemas/%s",
          topic.name(), history.size(), proposed, HISTORY.resolve(next));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("topics")
  void readsAndIsReadByEveryEarlierVersion(Topics.Topic topic) throws IOException {
    Schema current = PublicSchemas.of(topic);
    List<Schema> history = history(topic);

    for (int version = 1; version <= history.size(); version++) {
      Schema earlier = history.get(version - 1);
      assertThat(problems(current, earlier))
          .as("%s: today's programs read version %d", topic.name(), version)
          .isEmpty();
      assertThat(problems(earlier, current))
          .as("%s: programs of version %d read today's facts", topic.name(), version)
          .isEmpty();
    }
  }

  @Test
  void noticesAFieldThatIsMissingOrNew() {
    Schema today = record("{\"name\":\"a\",\"type\":\"string\"}");
    Schema withNew =
        record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"string\"}");
    Schema withDefault =
        record(
            "{\"name\":\"a\",\"type\":\"string\"},"
                + "{\"name\":\"b\",\"type\":\"string\",\"default\":\"\"}");

    assertThat(problems(withNew, today)).isNotEmpty();
    assertThat(problems(withDefault, today)).isEmpty();
    assertThat(problems(today, withDefault)).isEmpty();
  }

  private static List<String> problems(Schema reader, Schema writer) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    return result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE
        ? List.of()
        : result.getIncompatibilities().stream()
            .map(found -> found.getLocation() + ": " + found.getMessage())
            .toList();
  }

  /** All versions from 1 on, without a gap. */
  private static List<Schema> history(Topics.Topic topic) throws IOException {
    List<Schema> versions = new ArrayList<>();
    Path folder = HISTORY.resolve(topic.name());
    for (int version = 1; Files.exists(folder.resolve(version + ".avsc")); version++) {
      versions.add(new Schema.Parser().parse(Files.readString(folder.resolve(version + ".avsc"))));
    }
    return versions;
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
  }
}
