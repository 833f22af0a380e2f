package dev.aftertouch.chaos;

import dev.aftertouch.local.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads whole topics as a stranger would: with the registry's schemas and generic records. */
final class Facts {
  private final Infrastructure infrastructure;

  Facts(Infrastructure infrastructure) {
    this.infrastructure = infrastructure;
  }

  /** All records of a topic. */
  void read(String topic, Consumer<GenericRecord> reader) {
    Map<String, Object> config = new HashMap<>(infrastructure.factClient());
    config.put("apicurio.registry.use-specific-avro-reader", false);
    config.put("key.deserializer", StringDeserializer.class);
    config.put("value.deserializer", "io.apicurio.registry.serde.avro.AvroKafkaDeserializer");
    try (KafkaConsumer<String, GenericRecord> consumer = new KafkaConsumer<>(config)) {
      readAll(consumer, topic, record -> reader.accept(record.value()));
    }
  }

  /** The headers of all dead letters, whatever their topic. */
  void readDeadLetters(Consumer<Headers> reader) {
    Map<String, Object> config = new HashMap<>(infrastructure.factClient());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.listTopics().keySet().stream()
          .filter(topic -> topic.endsWith(".dead-letters"))
          .forEach(topic -> readAll(consumer, topic, record -> reader.accept(record.headers())));
    }
  }

  private static <K, V> void readAll(
      KafkaConsumer<K, V> consumer, String topic, Consumer<ConsumerRecord<K, V>> reader) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(Duration.ofMillis(500)).forEach(reader);
    }
  }
}
