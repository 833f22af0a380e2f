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
    records.stream()
        .collect(Collectors.groupingBy(ConsumerRecord::topic, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(
            ofTopic -> {
              batches.processRecords(ofTopic, fold::fold);
              fold.pass(ofTopic);
            });
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
