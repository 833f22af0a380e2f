package dev.aftertouch.service.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
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

  /** Where the partitions of topics ended at an instant, those that held nothing left out. */
  public record Ends(Map<TopicPartition, Long> offsets) {}

  /**
   * Whether the group has committed every record that the topic held when this was called. Throws a
   * {@link KafkaException}, which is retriable, when the broker does not answer.
   */
  public boolean isLevel(String group, String topic) {
    return hasReached(group, topic, ends(List.of(topic)));
  }

  /** Where those topics end now. Throws as {@link #isLevel}. */
  public Ends ends(Collection<String> topics) {
    return asking(
        asked -> {
          List<TopicPartition> partitions =
              get(asked.describeTopics(topics).allTopicNames()).values().stream()
                  .flatMap(
                      topic ->
                          topic.partitions().stream()
                              .map(p -> new TopicPartition(topic.name(), p.partition())))
                  .toList();
          var begins = asked.listOffsets(everywhere(partitions, OffsetSpec.earliest()));
          var ends = asked.listOffsets(everywhere(partitions, OffsetSpec.latest()));
          Map<TopicPartition, Long> offsets = new HashMap<>();
          for (TopicPartition partition : partitions) {
            long end = get(ends.partitionResult(partition)).offset();
            if (get(begins.partitionResult(partition)).offset() < end) {
              offsets.put(partition, end);
            }
          }
          return new Ends(offsets);
        });
  }

  /** Whether the group has committed all of the topic up to there. Throws as {@link #isLevel}. */
  public boolean hasReached(String group, String topic, Ends ends) {
    return asking(
        asked -> {
          Map<TopicPartition, OffsetAndMetadata> committed =
              get(asked.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
          return ends.offsets().entrySet().stream()
              .filter(end -> end.getKey().topic().equals(topic))
              .allMatch(
                  end -> {
                    OffsetAndMetadata reached = committed.get(end.getKey());
                    return reached != null && reached.offset() >= end.getValue();
                  });
        });
  }

  private static Map<TopicPartition, OffsetSpec> everywhere(
      List<TopicPartition> partitions, OffsetSpec spec) {
    return partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
  }

  private interface Question<T> {
    T put(Admin asked) throws ExecutionException, TimeoutException, InterruptedException;
  }

  private <T> T asking(Question<T> question) {
    try {
      return question.put(admin());
    } catch (ExecutionException | TimeoutException noAnswer) {
      throw new KafkaException("The broker did not tell how far its readers are", noAnswer);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while asking how far readers are", interrupted);
    }
  }

  private static <T> T get(KafkaFuture<T> answer)
      throws ExecutionException, TimeoutException, InterruptedException {
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
