package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Batches;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Two at a time: while PostgreSQL works on the one batch, this service works on the other. */
@Component
class JobsListener {
  private final Batches batches;
  private final EnrollCustomers enrollCustomers;

  JobsListener(Batches batches, EnrollCustomers enrollCustomers) {
    this.batches = batches;
    this.enrollCustomers = enrollCustomers;
  }

  @KafkaListener(id = "enrollment-service.jobs", topics = Topics.JOBS, concurrency = "2")
  void told(List<ConsumerRecord<String, JobFact>> records) {
    batches.process(records, enrollCustomers::enroll);
  }
}
