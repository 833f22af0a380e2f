package dev.aftertouch.service.outbox;

import dev.aftertouch.service.kafka.TraceHeaders;
import dev.aftertouch.service.tenancy.Tenancy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Publishes what lies in the outbox: one instance at a time (advisory lock), oldest first, removed
 * only after the broker's acknowledgement. A crash in between publishes again.
 */
final class OutboxRelay {
  private static final int BATCH = 500;
  private static final long ADVISORY_LOCK = 0x6f7574626f78L;

  private record Row(
      long id, String topic, String partitionKey, String key, byte @Nullable [] value) {}

  private final Tenancy tenancy;
  private final JdbcClient jdbc;
  private final ProducerFactory<byte[], byte[]> producers;
  private final TraceHeaders traces;

  OutboxRelay(
      Tenancy tenancy,
      JdbcClient jdbc,
      ProducerFactory<byte[], byte[]> producers,
      TraceHeaders traces) {
    this.tenancy = tenancy;
    this.jdbc = jdbc;
    this.producers = producers;
    this.traces = traces;
  }

  /** Publishes one batch; tells whether there may be more. */
  boolean relay() {
    return tenancy.asWorker(
        () -> {
          boolean mine =
              jdbc.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                  .param("lock", ADVISORY_LOCK)
                  .query(Boolean.class)
                  .single();
          if (!mine) {
            return false;
          }
          List<Row> rows =
              jdbc.sql(
                      "SELECT id, topic, partition_key, key, value FROM outbox ORDER BY id LIMIT :batch")
                  .param("batch", BATCH)
                  .query(Row.class)
                  .list();
          if (!rows.isEmpty()) {
            traces.lead("publish outbox", rows.size(), () -> publish(rows));
            jdbc.sql("DELETE FROM outbox WHERE id = ANY(:ids)")
                .param("ids", rows.stream().map(Row::id).toArray(Long[]::new))
                .update();
          }
          return rows.size() == BATCH;
        });
  }

  private void publish(List<Row> rows) {
    try (Producer<byte[], byte[]> producer = producers.createProducer()) {
      List<Future<?>> acknowledgements = new ArrayList<>(rows.size());
      for (Row row : rows) {
        int partition =
            Utils.toPositive(Utils.murmur2(utf8(row.partitionKey())))
                % producer.partitionsFor(row.topic()).size();
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(row.topic(), partition, utf8(row.key()), row.value());
        traces.inject(record.headers());
        acknowledgements.add(producer.send(record));
      }
      producer.flush();
      for (Future<?> acknowledgement : acknowledgements) {
        acknowledgement.get(30, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException unacknowledged) {
      throw new KafkaException("The outbox could not be published", unacknowledged);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while publishing the outbox", interrupted);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
