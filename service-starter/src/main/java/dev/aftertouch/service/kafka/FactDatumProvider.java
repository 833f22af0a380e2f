package dev.aftertouch.service.kafka;

import io.apicurio.registry.serde.avro.AvroDatumProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Readers and writers of facts, one for each schema. Apicurio's own provider finds them by a
 * fingerprint that it computes anew for every record, which costs more than the record itself.
 *
 * @param <T> facts of any kind
 */
public final class FactDatumProvider<T> implements AvroDatumProvider<T> {
  private final Map<Schema, DatumWriter<T>> writers = new ConcurrentHashMap<>();
  private final Map<Schema, DatumReader<T>> readers = new ConcurrentHashMap<>();

  @Override
  public DatumWriter<T> createDatumWriter(T data, Schema schema) {
    return writers.computeIfAbsent(schema, known -> new SpecificDatumWriter<>(known));
  }

  /** Reads what was written with that schema into the schema of our own class of that name. */
  @Override
  public DatumReader<T> createDatumReader(Schema written) {
    return readers.computeIfAbsent(
        written, schema -> new SpecificDatumReader<>(schema, ours(schema)));
  }

  private static Schema ours(Schema written) {
    Class<?> type = SpecificData.get().getClass(written);
    if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException("No fact is called " + written.getFullName());
    }
    return SpecificData.get().getSchema(type);
  }

  @Override
  public Schema toSchema(T data) {
    return ((SpecificRecord) data).getSchema();
  }
}
