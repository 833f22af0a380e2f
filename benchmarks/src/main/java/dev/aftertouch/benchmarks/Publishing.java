package dev.aftertouch.benchmarks;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends records without waiting for each; the first refusal ends the run at the next flush. */
final class Publishing {
  private final Producer<String, Object> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  Publishing(Producer<String, Object> producer) {
    this.producer = producer;
  }

  void send(String topic, String key, Object value) {
    send(new ProducerRecord<>(topic, key, value));
  }

  void send(ProducerRecord<String, Object> record) {
    var unused =
        producer.send(
            record,
            (metadata, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, failed);
              }
            });
  }

  /** The partition that the records of a key go to. */
  int partition(String topic, String key) {
    return org.apache.kafka.common.utils.Utils.toPositive(
            org.apache.kafka.common.utils.Utils.murmur2(
                key.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        % producer.partitionsFor(topic).size();
  }

  /** Waits for every acknowledgement; a record that was refused ends the run. */
  void flush() {
    producer.flush();
    Exception refused = failure.get();
    if (refused != null) {
      throw new IllegalStateException("The broker refused a record of the workload", refused);
    }
  }
}
