package dev.aftertouch.chaos;

import dev.aftertouch.local.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads whole topics as a stranger would: with the registry's schemas and generic records. */
final class Facts {
  private final Infrastructure infrastructure;

  Facts(Infrastructure infrastructure) {
    this.infrastructure = infrastructure;
  }

  void read(String topic, Consumer<GenericRecord> reader) {
    Map<String, Object> config = new HashMap<>(infrastructure.factClient());
    config.put("apicurio.registry.use-specific-avro-reader", false);
    config.put("key.deserializer", StringDeserializer.class);
    config.put("value.deserializer", "io.apicurio.registry.serde.avro.AvroKafkaDeserializer");
    try (KafkaConsumer<String, GenericRecord> consumer = new KafkaConsumer<>(config)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(500))) {
          reader.accept(record.value());
        }
      }
    }
  }
}
