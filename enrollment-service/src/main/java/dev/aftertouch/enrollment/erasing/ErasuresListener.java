package dev.aftertouch.enrollment.erasing;

import dev.aftertouch.enrollment.erasing.Erasures.Part;
import dev.aftertouch.facts.CustomerDataErased;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Batches;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** The other services' parts of an erasure. */
@Component
class ErasuresListener {
  private final Batches batches;
  private final Tenancy tenancy;
  private final Erasures erasures;

  ErasuresListener(Batches batches, Tenancy tenancy, Erasures erasures) {
    this.batches = batches;
    this.tenancy = tenancy;
    this.erasures = erasures;
  }

  @KafkaListener(id = "enrollment-service.erasures", topics = Topics.ERASURES)
  void told(List<ConsumerRecord<String, CustomerDataErased>> records) {
    batches.process(records, parts -> tenancy.asWorker(() -> parts.forEach(this::keep)));
  }

  private void keep(CustomerDataErased part) {
    erasures.addPart(
        part.getBusinessId(),
        part.getCustomerId(),
        new Part(part.getService(), part.getErasedAt(), part.getCounts()));
  }
}
