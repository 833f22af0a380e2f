package dev.aftertouch.dispatch.gating;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.kafka.Batches;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
final class TouchesDueListener {
  private final Batches batches;
  private final DispatchTouches dispatch;

  TouchesDueListener(Batches batches, DispatchTouches dispatch) {
    this.batches = batches;
    this.dispatch = dispatch;
  }

  @KafkaListener(
      id = "dispatch-" + Topics.TOUCHES_DUE,
      topics = Topics.TOUCHES_DUE,
      concurrency = "${aftertouch.gating.threads:4}",
      autoStartup = "${aftertouch.listeners.auto-startup:true}")
  void on(List<ConsumerRecord<String, TouchDue>> records) {
    batches.process(records, dispatch::dispatch);
  }
}
