package dev.aftertouch.dispatch.suppressing;

import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.EnrollmentStopped;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Batches;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Stops that enrollment-service decided: the offset is the acknowledgement. */
@Component
final class EnrollmentsListener {
  private final Batches batches;
  private final Tenancy tenancy;
  private final StoppedEnrollments stopped;
  private final StopBarrier barrier;

  EnrollmentsListener(
      Batches batches, Tenancy tenancy, StoppedEnrollments stopped, StopBarrier barrier) {
    this.batches = batches;
    this.tenancy = tenancy;
    this.stopped = stopped;
    this.barrier = barrier;
  }

  @KafkaListener(
      id = "dispatch-" + Topics.ENROLLMENTS,
      topics = Topics.ENROLLMENTS,
      autoStartup = "${aftertouch.listeners.auto-startup:true}")
  void on(List<ConsumerRecord<String, EnrollmentFact>> records) {
    batches.process(records, facts -> add(stopsIn(facts)));
  }

  private void add(List<StoppedEnrollments.Stop> stops) {
    if (!stops.isEmpty()) {
      tenancy.asWorker(() -> stopped.add(stops));
      barrier.pass();
    }
  }

  private static List<StoppedEnrollments.Stop> stopsIn(List<EnrollmentFact> facts) {
    List<StoppedEnrollments.Stop> stops = new ArrayList<>();
    for (EnrollmentFact fact : facts) {
      UUID enrollment = fact.getEnrollmentId();
      if (fact.getFact() instanceof EnrollmentStopped stop && enrollment != null) {
        stops.add(
            new StoppedEnrollments.Stop(
                fact.getBusinessId(), enrollment, stop.getReason(), fact.getOccurredAt()));
      }
    }
    return stops;
  }
}
