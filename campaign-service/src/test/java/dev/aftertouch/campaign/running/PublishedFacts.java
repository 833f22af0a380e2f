package dev.aftertouch.campaign.running;

import dev.aftertouch.local.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What lies in a topic, read as any consumer would read it. */
public record PublishedFacts(Infrastructure real) {
  /** A fact and where it lies. */
  public record Published<T>(int partition, String key, T fact) {}

  /** All facts, in the order of each partition. */
  @SuppressWarnings("unchecked") // the topic's schema decides the type
  public <T extends SpecificRecord> List<Published<T>> of(String topic) {
    return records(topic).stream()
        .filter(record -> record.value() != null)
        .map(record -> new Published<>(record.partition(), record.key(), (T) record.value()))
        .toList();
  }

  /** The keys whose last record is a tombstone. */
  public Set<String> tombstones(String topic) {
    Set<String> keys = new HashSet<>();
    for (ConsumerRecord<String, Object> record : records(topic)) {
      if (record.value() == null) {
        keys.add(record.key());
      } else {
        keys.remove(record.key());
      }
    }
    return keys;
  }

  private List<ConsumerRecord<String, Object>> records(String topic) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", real.bootstrapServers());
    config.put("apicurio.registry.url", real.registryUrl());
    config.put("apicurio.registry.use-id", "contentId");
    config.put("apicurio.registry.id-handler", "io.apicurio.registry.serde.Default4ByteIdHandler");
    config.put("apicurio.registry.headers.enabled", false);
    config.put("apicurio.registry.use-specific-avro-reader", true);
    config.put("key.deserializer", StringDeserializer.class);
    config.put("value.deserializer", "io.apicurio.registry.serde.avro.AvroKafkaDeserializer");
    try (KafkaConsumer<String, Object> consumer = new KafkaConsumer<>(config)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, Object>> found = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      return found;
    }
  }
}
