package dev.aftertouch.enrollment.directory;

import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Batches;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class BusinessesListener {
  static final String ID = "enrollment-service.businesses";

  private final Batches batches;
  private final KeepBusinesses keepBusinesses;

  BusinessesListener(Batches batches, KeepBusinesses keepBusinesses) {
    this.batches = batches;
    this.keepBusinesses = keepBusinesses;
  }

  @KafkaListener(id = BusinessesListener.ID, topics = Topics.BUSINESSES)
  void told(List<ConsumerRecord<String, BusinessFact>> records) {
    batches.process(records, keepBusinesses::keep);
  }
}
