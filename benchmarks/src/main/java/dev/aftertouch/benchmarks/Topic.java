package dev.aftertouch.benchmarks;

import dev.aftertouch.facts.TrustedFacts;
import dev.aftertouch.local.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The broker as an outsider sees it: publishing as any Confluent-compatible client, reading, lags.
 */
final class Topic implements AutoCloseable {
  private final Infrastructure infrastructure;
  private final Admin admin;

  Topic(Infrastructure infrastructure) {
    TrustedFacts.vouch();
    this.infrastructure = infrastructure;
    this.admin = Admin.create(Map.of("bootstrap.servers", infrastructure.bootstrapServers()));
  }

  KafkaProducer<String, Object> producer() {
    Map<String, Object> config = new HashMap<>(infrastructure.factClient());
    config.put("acks", "all");
    config.put("compression.type", "lz4");
    config.put("linger.ms", 10);
    config.put("batch.size", 128 * 1024);
    config.put("key.serializer", StringSerializer.class);
    config.put("value.serializer", "io.apicurio.registry.serde.avro.AvroKafkaSerializer");
    return new KafkaProducer<>(config);
  }

  /** A consumer without a group, so that nobody waits for it. */
  KafkaConsumer<String, Object> consumer() {
    Map<String, Object> config = new HashMap<>(infrastructure.factClient());
    config.put("key.deserializer", StringDeserializer.class);
    config.put("value.deserializer", "io.apicurio.registry.serde.avro.AvroKafkaDeserializer");
    return new KafkaConsumer<>(config);
  }

  /** From now on the records of a topic carry the time at which the broker wrote them. */
  void stampOnArrival(String topic) throws InterruptedException {
    try {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("message.timestamp.type", "LogAppendTime"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("The broker did not answer", failed);
    }
  }

  /** Hands every fact from those offsets to the end over. */
  <T> void read(String topic, Map<TopicPartition, Long> from, Class<T> type, Consumer<T> reader)
      throws InterruptedException {
    readRecords(topic, from, record -> reader.accept(type.cast(record.value())));
  }

  /** Hands every record from those offsets to the end over. */
  void readRecords(
      String topic, Map<TopicPartition, Long> from, Consumer<ConsumerRecord<String, Object>> reader)
      throws InterruptedException {
    Map<TopicPartition, Long> ends = ends(topic);
    try (KafkaConsumer<String, Object> consumer = consumer()) {
      consumer.assign(ends.keySet());
      ends.keySet()
          .forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(500)).forEach(reader);
      }
    }
  }

  Map<TopicPartition, Long> ends(String topic) throws InterruptedException {
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
          .flatMap(description -> description.partitions().stream())
          .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      partitions.forEach(p -> latest.put(p, OffsetSpec.latest()));
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin.listOffsets(latest).all().get().forEach((p, info) -> ends.put(p, info.offset()));
      return ends;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("The broker did not answer", failed);
    }
  }

  long size(String topic) throws InterruptedException {
    return ends(topic).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Records that a consumer group has not committed yet, by group and topic. */
  Map<String, Long> lags() throws InterruptedException {
    Map<String, Long> lags = new TreeMap<>();
    try {
      for (GroupListing listing : admin.listGroups().all().get()) {
        String group = listing.groupId();
        Map<TopicPartition, OffsetAndMetadata> committed =
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        committed.keySet().forEach(p -> latest.put(p, OffsetSpec.latest()));
        admin
            .listOffsets(latest)
            .all()
            .get()
            .forEach(
                (partition, end) -> {
                  OffsetAndMetadata reached = committed.get(partition);
                  long behind = end.offset() - (reached == null ? 0 : reached.offset());
                  lags.merge(group + " " + partition.topic(), behind, Long::sum);
                });
      }
      return lags;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("The broker did not answer", failed);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
