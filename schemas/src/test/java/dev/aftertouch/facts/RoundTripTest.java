package dev.aftertouch.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What another program writes by the schema alone, our classes read and write again byte by byte.
 */
class RoundTripTest {
  @BeforeAll
  static void vouchForOurClasses() {
    TrustedFacts.vouch();
  }

  static Stream<Arguments> everyFactOfEveryTopic() {
    return Topics.ALL.stream()
        .flatMap(
            topic ->
                IntStream.range(0, facts(topic.schema()))
                    .mapToObj(branch -> Arguments.of(topic.name(), topic, branch)));
  }

  @ParameterizedTest(name = "{0}, fact {2}")
  @MethodSource("everyFactOfEveryTopic")
  void keepsEveryByte(String name, Topics.Topic topic, int branch) throws IOException {
    var sample = Samples.of(PublicSchemas.of(topic), branch);

    byte[] written = write(new GenericDatumWriter<>(sample.getSchema()), sample);
    SpecificRecord read = read(topic.schema(), written);

    assertThat(write(new SpecificDatumWriter<>(topic.schema()), read)).isEqualTo(written);
    assertThat(read(topic.schema(), written)).isEqualTo(read);
  }

  /** How many kinds of facts a topic holds: the branches of its record's union of records. */
  private static int facts(Schema schema) {
    return schema.getFields().stream()
        .map(Schema.Field::schema)
        .filter(Schema::isUnion)
        .mapToInt(union -> (int) union.getTypes().stream().filter(RoundTripTest::isRecord).count())
        .reduce(1, Math::max);
  }

  private static boolean isRecord(Schema schema) {
    return schema.getType() == Schema.Type.RECORD;
  }

  private static <T> byte[] write(DatumWriter<T> writer, T datum) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    writer.write(datum, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static SpecificRecord read(Schema schema, byte[] bytes) throws IOException {
    return new SpecificDatumReader<SpecificRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
  }
}
