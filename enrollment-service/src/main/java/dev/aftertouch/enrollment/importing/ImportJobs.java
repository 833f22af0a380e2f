package dev.aftertouch.enrollment.importing;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.importing.CsvRows.Row;
import dev.aftertouch.enrollment.importing.JobForm.Checked;
import dev.aftertouch.facts.JobCompleted;
import dev.aftertouch.facts.JobCustomer;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Imports a CSV file of jobs. A dry run says what would happen and does nothing. A row with an
 * error is left out and named by its line; a job that was completed longer ago than the business
 * follows up is published with enroll = false, so that last year's jobs are on record and nobody is
 * written to by accident.
 */
@Service
class ImportJobs {
  private static final int MOST_NAMED = 1_000;

  /** What is wrong with a row, or worth knowing. */
  record LineNote(long line, String field, String code, String message) {}

  /**
   * What came or would come of a file.
   *
   * @param published rows that went, or in a dry run would go, to topic jobs
   * @param followedUp of those, how many ask for a follow-up
   * @param errors of rows that were left out, at most 1,000
   * @param notes of rows that will not be followed up as they are, at most 1,000
   */
  record Report(
      boolean dryRun,
      int rows,
      int published,
      int followedUp,
      int tooOld,
      List<LineNote> errors,
      List<LineNote> notes) {}

  /** The whole file was refused, or reported on. */
  sealed interface Answer {
    record Reported(Report report) implements Answer {}

    record Refused(String code, String explanation) implements Answer {}
  }

  private final Tenancy tenancy;
  private final Directory directory;
  private final PublishJobs publishJobs;
  private final InstantSource clock;

  ImportJobs(Tenancy tenancy, Directory directory, PublishJobs publishJobs, InstantSource clock) {
    this.tenancy = tenancy;
    this.directory = directory;
    this.publishJobs = publishJobs;
    this.clock = clock;
  }

  Answer importCsv(UUID businessId, byte[] file, boolean dryRun) {
    BusinessSettings business =
        tenancy
            .asBusiness(businessId, () -> directory.settings(List.of(businessId)))
            .get(businessId);
    if (business == null) {
      return new Answer.Refused(
          "business_unknown", "The business is not known here yet. Try again in a moment.");
    }
    return switch (CsvRows.read(file)) {
      case CsvRows.Read.Unreadable unreadable ->
          new Answer.Refused(unreadable.code(), unreadable.explanation());
      case CsvRows.Read.Rows rows ->
          new Answer.Reported(work(businessId, business, rows.rows(), dryRun));
    };
  }

  private Report work(UUID businessId, BusinessSettings business, List<Row> rows, boolean dryRun) {
    Instant now = clock.instant();
    Instant oldest = now.minus(business.maximumJobAge());
    ZoneId zone = ZoneId.of(business.timeZone());
    List<JobFact> facts = new ArrayList<>();
    List<LineNote> errors = new ArrayList<>();
    List<LineNote> notes = new ArrayList<>();
    Set<String> jobIds = new HashSet<>();
    int tooOld = 0;
    for (Row row : rows) {
      CsvJob csvJob = new CsvJob(row, zone);
      JobDocument document = csvJob.document();
      boolean old = document.completedAt() != null && document.completedAt().isBefore(oldest);
      if (!csvJob.errors().isEmpty()) {
        csvJob.errors().forEach(error -> note(errors, row, error));
        continue;
      }
      switch (JobForm.check(businessId, old ? withoutFollowUp(document) : document, "csv", now)) {
        case Checked.Bad bad -> bad.errors().forEach(error -> note(errors, row, error));
        case Checked.Good good -> {
          if (!jobIds.add(good.fact().getJobId())) {
            note(
                errors,
                row,
                new FieldError(
                    "job_id", "duplicate", "The job stands in an earlier line of the file."));
          } else {
            facts.add(good.fact());
            tooOld += old ? 1 : 0;
            remarks(good.fact(), old, business).forEach(remark -> note(notes, row, remark));
          }
        }
      }
    }
    if (!dryRun) {
      publishJobs.publish(businessId, facts);
    }
    int followedUp =
        (int) facts.stream().filter(fact -> ((JobCompleted) fact.getFact()).getEnroll()).count();
    return new Report(dryRun, rows.size(), facts.size(), followedUp, tooOld, errors, notes);
  }

  private static List<FieldError> remarks(JobFact fact, boolean old, BusinessSettings business) {
    List<FieldError> remarks = new ArrayList<>();
    JobCompleted completed = (JobCompleted) fact.getFact();
    JobCustomer customer = completed.getCustomer();
    if (old) {
      remarks.add(
          new FieldError(
              "completed_at",
              "too_old",
              "Completed more than "
                  + business.maximumJobAge().toDays()
                  + " days ago: recorded without a follow-up."));
    }
    if (ServiceType.of(completed.getServiceType()).isEmpty()) {
      remarks.add(
          new FieldError(
              "service_type",
              "unknown_service_type",
              "Not a known service type: will not be followed up."));
    }
    if (isBlank(customer.getEmail()) && isBlank(customer.getPhone())) {
      remarks.add(
          new FieldError(
              "email",
              "unreachable",
              "Neither e-mail nor phone: followed up only if known already."));
    }
    return remarks;
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static void note(List<LineNote> notes, Row row, FieldError error) {
    if (notes.size() < MOST_NAMED) {
      notes.add(new LineNote(row.line(), error.field(), error.code(), error.message()));
    }
  }

  private static JobDocument withoutFollowUp(JobDocument job) {
    return new JobDocument(
        job.type(),
        job.factId(),
        job.jobId(),
        job.occurredAt(),
        job.serviceType(),
        job.completedAt(),
        job.value(),
        false,
        job.customer(),
        job.reason());
  }
}
