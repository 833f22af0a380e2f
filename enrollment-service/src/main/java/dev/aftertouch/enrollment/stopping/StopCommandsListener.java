package dev.aftertouch.enrollment.stopping;

import dev.aftertouch.facts.EnrollmentCommand;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Batches;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class StopCommandsListener {
  private final Batches batches;
  private final ObeyStopCommands obeyStopCommands;

  StopCommandsListener(Batches batches, ObeyStopCommands obeyStopCommands) {
    this.batches = batches;
    this.obeyStopCommands = obeyStopCommands;
  }

  @KafkaListener(id = "enrollment-service.stop-commands", topics = Topics.ENROLLMENT_COMMANDS)
  void asked(List<ConsumerRecord<String, EnrollmentCommand>> records) {
    batches.process(records, obeyStopCommands::obey);
  }
}
