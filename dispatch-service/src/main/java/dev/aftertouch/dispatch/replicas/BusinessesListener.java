package dev.aftertouch.dispatch.replicas;

import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Batches;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
final class BusinessesListener {
  private final Batches batches;
  private final Tenancy tenancy;
  private final Businesses businesses;

  BusinessesListener(Batches batches, Tenancy tenancy, Businesses businesses) {
    this.batches = batches;
    this.tenancy = tenancy;
    this.businesses = businesses;
  }

  @KafkaListener(
      id = "dispatch-" + Topics.BUSINESSES,
      topics = Topics.BUSINESSES,
      autoStartup = "${aftertouch.listeners.auto-startup:true}")
  void on(List<ConsumerRecord<String, BusinessFact>> records) {
    batches.process(records, facts -> tenancy.asWorker(() -> businesses.apply(facts)));
  }
}
