package dev.aftertouch.dispatch.replicas;

import dev.aftertouch.facts.CustomerFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Batches;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
final class CustomersListener {
  private final Batches batches;
  private final Tenancy tenancy;
  private final Recipients recipients;

  CustomersListener(Batches batches, Tenancy tenancy, Recipients recipients) {
    this.batches = batches;
    this.tenancy = tenancy;
    this.recipients = recipients;
  }

  @KafkaListener(
      id = "dispatch-" + Topics.CUSTOMERS,
      topics = Topics.CUSTOMERS,
      autoStartup = "${aftertouch.listeners.auto-startup:true}")
  void on(List<ConsumerRecord<String, CustomerFact>> records) {
    batches.process(records, facts -> tenancy.asWorker(() -> recipients.apply(facts)));
  }
}
