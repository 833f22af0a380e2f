package dev.aftertouch.benchmarks;

import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.EnrollmentStarted;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.local.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * JobCompleted from the topic to the committed enrollment, enrollment-service alone. The jobs lie
 * in the topic before it may read them, so that no generator shares the cores.
 */
@Command(name = "ingest", description = "Finished jobs from the topic to committed enrollments.")
final class IngestRun implements Callable<Integer> {
  @Option(
      names = "--jobs",
      defaultValue = "60000",
      description = "Jobs measured (default ${DEFAULT-VALUE}).")
  private int jobs;

  @Option(
      names = "--warm-up",
      defaultValue = "60000",
      description = "Jobs before them, not measured (default ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--businesses",
      defaultValue = "3000",
      description = "Businesses that share them (default ${DEFAULT-VALUE}).")
  private int businesses;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    IngestFigures figures = measure();
    figures.print(json);
    return figures.reconciled() ? 0 : 1;
  }

  private IngestFigures measure() throws Exception {
    try (Bed bed = Bed.start(EnumSet.of(Service.ENROLLMENT));
        KafkaProducer<String, Object> producer = bed.topics().producer()) {
      // Nothing falls due while jobs are read: the touches are those of the next hour.
      Instant due = bed.now().plus(Duration.ofMinutes(55));
      Workload workload = new Workload(businesses);
      workload.publishBusinesses(producer, bed.now());
      bed.awaitLevel();
      workload.publishJobs(producer, 0, warmUp, due, Duration.ZERO);
      bed.awaitSize(Topics.ENROLLMENTS, warmUp);
      bed.awaitLevel();
      bed.tidy();
      bed.checkpoint();

      Map<TopicPartition, Long> from = bed.topics().ends(Topics.ENROLLMENTS);
      long freezing = System.nanoTime();
      bed.freeze(Service.ENROLLMENT);
      workload.publishJobs(producer, warmUp, jobs, due, Duration.ZERO);
      Bed.Reading before = bed.read();
      long started = System.nanoTime();
      bed.thaw(Service.ENROLLMENT);
      bed.awaitSize(Topics.ENROLLMENTS, warmUp + (long) jobs);
      bed.awaitLevel();
      double seconds = (System.nanoTime() - started) / 1e9;
      Bed.Reading after = bed.read();

      Map<String, Object> conditions = bed.machine();
      conditions.put("jobs", jobs);
      conditions.put("warm_up", warmUp);
      conditions.put("businesses", businesses);
      conditions.put("frozen_seconds", (started - freezing) / 1e9);
      Bed.Cost cost = after.since(before, jobs);
      return new IngestFigures(
          jobs / seconds,
          cost.cpuUs(),
          cost.rows(),
          cost.walBytes(),
          bed.memoryMb(),
          bed.topics().lags(),
          conditions,
          reconciles(bed, from, conditions));
    }
  }

  private boolean reconciles(
      Bed bed, Map<TopicPartition, Long> from, Map<String, Object> conditions) throws Exception {
    Map<String, Integer> started = new HashMap<>();
    Map<String, Integer> facts = new HashMap<>();
    bed.topics()
        .read(
            Topics.ENROLLMENTS,
            from,
            EnrollmentFact.class,
            fact -> {
              facts.merge(fact.getFact().getClass().getSimpleName(), 1, Integer::sum);
              if (fact.getFact() instanceof EnrollmentStarted) {
                started.merge(String.valueOf(fact.getJobId()), 1, Integer::sum);
              }
            });
    long enrollments = bed.count(Service.ENROLLMENT, "enrollments");
    conditions.put("enrollment_facts", facts);
    conditions.put("enrollments_in_all", enrollments);
    return started.size() == jobs
        && IntStream.range(warmUp, warmUp + jobs)
            .allMatch(job -> Integer.valueOf(1).equals(started.get("j" + job)))
        && enrollments == warmUp + (long) jobs;
  }
}
