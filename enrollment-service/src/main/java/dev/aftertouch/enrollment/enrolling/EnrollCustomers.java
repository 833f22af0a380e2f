package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.customers.Customer;
import dev.aftertouch.enrollment.customers.RecordCustomers;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.stopping.StopEnrollments;
import dev.aftertouch.facts.JobCancelled;
import dev.aftertouch.facts.JobCompleted;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.JobReopened;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.kafka.TryAgainException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Turns job facts into enrollments or refusals: one transaction for each part of a batch, a fixed
 * number of statements whatever its size, the facts published before the commit.
 *
 * <p><b>Repeats.</b> A completed job that is known as completed changes nothing. Ids follow from
 * what they name, so that a batch that is handed in again after a crash writes and publishes the
 * same. <b>Reversals</b> and completions may come in any order: the fact that happened later
 * decides, and of two at the same time the reversal. A job that is completed again after its
 * reversal begins its follow-up anew, as far as cooldown and campaign allow. <b>Overtaking.</b>
 * Nobody is refused for a business or campaign that was published before the job and has not been
 * read here yet.
 *
 * <p><b>Locks</b>, in this order: the directory (shared), jobs, customers, enrollments. The API
 * locks no jobs.
 */
@Service
class EnrollCustomers {
  private final Tenancy tenancy;
  private final Jobs jobs;
  private final Directory directory;
  private final RecordCustomers recordCustomers;
  private final ReadCircumstances readCircumstances;
  private final StopEnrollments stopEnrollments;
  private final NewEnrollments newEnrollments;
  private final Publisher publisher;
  private final InstantSource clock;

  EnrollCustomers(
      Tenancy tenancy,
      Jobs jobs,
      Directory directory,
      RecordCustomers recordCustomers,
      ReadCircumstances readCircumstances,
      StopEnrollments stopEnrollments,
      NewEnrollments newEnrollments,
      Publisher publisher,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.jobs = jobs;
    this.directory = directory;
    this.recordCustomers = recordCustomers;
    this.readCircumstances = readCircumstances;
    this.stopEnrollments = stopEnrollments;
    this.newEnrollments = newEnrollments;
    this.publisher = publisher;
    this.clock = clock;
  }

  /**
   * Works facts in.
   *
   * @throws TryAgainException when a job would be refused only because a business or campaign that
   *     was published before it has not arrived here yet
   */
  void enroll(List<JobFact> facts) {
    boolean current = directory.isCurrent();
    for (List<JobFact> wave : Waves.of(facts)) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      tenancy.asWorker(() -> publisher.publishAndAwait(work(wave, now, current)));
    }
  }

  private List<Outgoing> work(List<JobFact> wave, Instant now, boolean current) {
    directory.hold();
    Batch batch = new Batch();
    decide(batch, sort(batch, wave, now), now);
    if (!current && batch.refusals.stream().anyMatch(Refusal::mayBeForWantOfNews)) {
      throw new TryAgainException("News of businesses or campaigns is still on its way");
    }
    return write(batch, now);
  }

  /** Puts aside what is malformed, a repeat or a reversal; what is left calls for a decision. */
  private List<Finished> sort(Batch batch, List<JobFact> wave, Instant now) {
    List<JobFact> wellFormed = new ArrayList<>();
    for (JobFact fact : wave) {
      Optional<FieldError> fault = JobLimits.fault(fact);
      if (fault.isPresent()) {
        batch.refusals.add(Refusals.malformed(fact, fault.get().message(), now));
      } else {
        wellFormed.add(fact);
      }
    }
    Map<JobKey, Jobs.Job> known =
        jobs.lock(
            wellFormed.stream()
                .map(fact -> new JobKey(fact.getBusinessId(), fact.getJobId()))
                .toList());
    List<Finished> finished = new ArrayList<>();
    for (JobFact fact : wellFormed) {
      JobKey key = new JobKey(fact.getBusinessId(), fact.getJobId());
      Jobs.Job job = known.get(key);
      switch (fact.getFact()) {
        case JobCompleted completed -> {
          boolean reversed = job != null && !fact.getOccurredAt().isAfter(job.toldAt());
          if (job == null || job.awaitsCompletion() || (!job.completed() && !reversed)) {
            finished.add(new Finished(fact, completed, job, reversed));
          }
        }
        case JobReopened ignored ->
            reverse(batch, fact, key, job, Jobs.REOPENED, StopReason.JOB_REOPENED);
        case JobCancelled ignored ->
            reverse(batch, fact, key, job, Jobs.CANCELLED, StopReason.JOB_CANCELLED);
        default -> throw new IllegalArgumentException("Unknown job fact " + fact.getFactId());
      }
    }
    return finished;
  }

  private static void reverse(
      Batch batch,
      JobFact fact,
      JobKey key,
      Jobs.@Nullable Job known,
      String status,
      StopReason reason) {
    Instant at = fact.getOccurredAt();
    if (known == null) {
      batch.jobs.add(new Jobs.Job(key, status, null, null, null, null, fact.getSource(), at));
    } else if (!at.isBefore(known.toldAt())) {
      batch.jobs.add(known.reversed(status, at));
      batch.reverse(key, reason);
    }
  }

  private void decide(Batch batch, List<Finished> finished, Instant now) {
    if (finished.isEmpty()) {
      return;
    }
    Map<UUID, BusinessSettings> settings =
        directory.settings(
            finished.stream().map(job -> job.fact().getBusinessId()).collect(Collectors.toSet()));
    List<Finished> known = new ArrayList<>();
    for (Finished job : finished) {
      if (settings.containsKey(job.fact().getBusinessId())) {
        known.add(job);
      } else {
        batch.refusals.add(Refusals.unknownBusiness(job, now));
      }
    }
    if (known.isEmpty()) {
      return;
    }
    RecordCustomers.Recorded recorded =
        recordCustomers.record(known.stream().map(Finished::told).toList(), settings, now);
    batch.customerFacts.addAll(recorded.facts());
    Circumstances circumstances =
        readCircumstances.of(
            recorded.customers().values(), known.stream().map(Finished::key).toList());
    Deciding deciding = new Deciding(batch, circumstances, now);
    for (Finished job : known) {
      Customer customer = recorded.customers().get(job.customerKey());
      if (customer == null) {
        batch.refusals.add(Refusals.erased(job, now));
        continue;
      }
      deciding.decide(job, customer, Objects.requireNonNull(settings.get(customer.businessId())));
    }
  }

  private List<Outgoing> write(Batch batch, Instant now) {
    List<Outgoing> facts = new ArrayList<>(batch.customerFacts);
    if (!batch.jobs.isEmpty()) {
      jobs.save(batch.jobs);
    }
    batch.reversedJobs.forEach(
        (business, reasons) -> facts.addAll(stopEnrollments.stopOfJobs(business, reasons, now)));
    facts.addAll(stopEnrollments.stop(batch.stops, now));
    if (!batch.enrollments.isEmpty()) {
      newEnrollments.add(batch.enrollments);
    }
    if (!batch.refusals.isEmpty()) {
      newEnrollments.refuse(batch.refusals);
    }
    facts.addAll(batch.announcements());
    return facts;
  }
}
