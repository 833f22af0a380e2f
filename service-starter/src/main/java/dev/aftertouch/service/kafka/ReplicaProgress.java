package dev.aftertouch.service.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;

/**
 * Whether this service's replica of a topic holds all that had been published when asked.
 *
 * <p>A record of one topic may overtake what was published before it on another. Whoever finds
 * something missing asks here, before it reads, whether the missing may still be on its way.
 */
public final class ReplicaProgress implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Map<String, Object> config;
  private @Nullable Admin admin;

  ReplicaProgress(Map<String, Object> config) {
    this.config = config;
  }

  /**
   * Whether the group has committed every record that the topic held when this was called. Throws a
   * {@link KafkaException}, which is retriable, when the broker does not answer.
   */
  public boolean isLevel(String group, String topic) {
    try {
      Admin asked = admin();
      var committed = asked.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata();
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      asked
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .values()
          .forEach(
              description ->
                  description
                      .partitions()
                      .forEach(
                          partition ->
                              latest.put(
                                  new TopicPartition(topic, partition.partition()),
                                  OffsetSpec.latest())));
      Map<TopicPartition, ListOffsetsResultInfo> ends =
          asked.listOffsets(latest).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return reached(ends, committed.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException noAnswer) {
      throw new KafkaException("The broker did not tell how far " + group + " is", noAnswer);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while asking how far " + group + " is", interrupted);
    }
  }

  private static boolean reached(
      Map<TopicPartition, ListOffsetsResultInfo> ends,
      Map<TopicPartition, OffsetAndMetadata> committed) {
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata reached = committed.get(end.getKey());
              return (reached == null ? 0 : reached.offset()) >= end.getValue().offset();
            });
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin = Admin.create(config);
    }
    return admin;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close();
    }
  }
}
