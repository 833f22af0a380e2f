package dev.aftertouch.analytics.projecting;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Batches;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.context.annotation.DependsOn;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.stereotype.Component;

/** Reads all that analytics counts, from where the projections stand. */
@Component
@DependsOn("rebuild")
class FactsListener implements ConsumerSeekAware {
  private final Batches batches;
  private final Fold fold;
  private final Consumed consumed;
  private final Tenancy tenancy;

  FactsListener(Batches batches, Fold fold, Consumed consumed, Tenancy tenancy) {
    this.batches = batches;
    this.fold = fold;
    this.consumed = consumed;
    this.tenancy = tenancy;
  }

  @KafkaListener(
      id = "projections",
      groupId = "${aftertouch.analytics.group:analytics}",
      concurrency = "${aftertouch.analytics.lanes:1}",
      topics = {
        Topics.BUSINESSES,
        Topics.CAMPAIGNS,
        Topics.ENROLLMENTS,
        Topics.TOUCH_OUTCOMES,
        Topics.ENGAGEMENTS,
        Topics.ERASURES
      })
  void on(List<ConsumerRecord<String, Object>> records) {
    try {
      records.stream()
          .collect(Collectors.groupingBy(ConsumerRecord::topic, TreeMap::new, Collectors.toList()))
          .values()
          .forEach(
              ofTopic -> {
                batches.processRecords(ofTopic, fold::fold);
                fold.pass(ofTopic);
              });
    } catch (BatchListenerFailedException ofOneTopic) {
      // What stands before it in the batch may be of a topic whose turn has not come: all is
      // fetched again, and what is worked in already is known.
      throw new BatchListenerFailedException(
          String.valueOf(ofOneTopic.getMessage()), ofOneTopic.getCause(), 0);
    }
  }

  @Override
  public void onPartitionsAssigned(
      Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
    tenancy
        .asWorker(() -> consumed.positions(assignments.keySet()))
        .forEach(
            (partition, next) -> callback.seek(partition.topic(), partition.partition(), next));
  }
}
