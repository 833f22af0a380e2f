package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.service.kafka.Batches;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class OutcomesListener {
  private final Batches batches;
  private final AdvanceEnrollments advanceEnrollments;

  OutcomesListener(Batches batches, AdvanceEnrollments advanceEnrollments) {
    this.batches = batches;
    this.advanceEnrollments = advanceEnrollments;
  }

  @KafkaListener(id = "enrollment-service.touch-outcomes", topics = Topics.TOUCH_OUTCOMES)
  void answered(List<ConsumerRecord<String, TouchOutcome>> records) {
    batches.process(records, advanceEnrollments::advance);
  }
}
