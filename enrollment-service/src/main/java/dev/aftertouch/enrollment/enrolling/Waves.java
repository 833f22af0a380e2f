package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.facts.JobCompleted;
import dev.aftertouch.facts.JobFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Parts a batch so that no part has two facts of one job or one customer, and the facts of each
 * stay in their order: within a part everything can be read once and written together.
 */
final class Waves {
  private Waves() {}

  private sealed interface Subject {
    record Job(UUID business, String jobId) implements Subject {}

    record Customer(UUID business, String externalId) implements Subject {}
  }

  static List<List<JobFact>> of(List<JobFact> facts) {
    List<List<JobFact>> waves = new ArrayList<>();
    Map<Subject, Integer> next = new HashMap<>();
    for (JobFact fact : facts) {
      List<Subject> subjects = subjects(fact);
      int wave =
          subjects.stream().mapToInt(subject -> next.getOrDefault(subject, 0)).max().orElse(0);
      if (wave == waves.size()) {
        waves.add(new ArrayList<>());
      }
      waves.get(wave).add(fact);
      subjects.forEach(subject -> next.put(subject, wave + 1));
    }
    return waves;
  }

  private static List<Subject> subjects(JobFact fact) {
    Subject job = new Subject.Job(fact.getBusinessId(), fact.getJobId());
    return fact.getFact() instanceof JobCompleted completed
        ? List.of(
            job,
            new Subject.Customer(fact.getBusinessId(), completed.getCustomer().getExternalId()))
        : List.of(job);
  }
}
