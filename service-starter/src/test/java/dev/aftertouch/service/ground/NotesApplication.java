package dev.aftertouch.service.ground;

import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.kafka.Batches;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service as small as can be. */
@SpringBootApplication
class NotesApplication {
  static final Queue<String> JOBS = new ConcurrentLinkedQueue<>();

  @RestController
  static class NotesController {
    @GetMapping("/whoami")
    CurrentUser whoami(CurrentUser user) {
      return user;
    }

    @GetMapping("/owners")
    @PreAuthorize("hasRole('OWNER')")
    String owners() {
      return "yes";
    }

    @GetMapping("/fault")
    String fault() {
      throw new IllegalStateException("secret internals");
    }
  }

  @org.springframework.stereotype.Component
  static class JobsListener {
    private final Batches batches;
    private boolean failedOnce;

    JobsListener(Batches batches) {
      this.batches = batches;
    }

    @KafkaListener(topics = Topics.JOBS, groupId = "#{T(java.util.UUID).randomUUID().toString()}")
    void on(List<ConsumerRecord<String, JobFact>> records) {
      batches.process(records, this::work);
    }

    private void work(List<JobFact> facts) {
      for (JobFact fact : facts) {
        if (fact.getJobId().equals("poison")) {
          throw new IllegalStateException("cannot be worked in");
        }
        if (fact.getJobId().equals("passing") && !failedOnce) {
          failedOnce = true;
          throw new QueryTimeoutException("the database is away");
        }
      }
      facts.forEach(fact -> JOBS.add(fact.getFactId()));
    }
  }
}
