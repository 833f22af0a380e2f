package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.announcing.Announcements;
import dev.aftertouch.enrollment.stopping.StopOrder;
import dev.aftertouch.service.kafka.Outgoing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a batch of job facts changes, gathered so that each table is written once. */
final class Batch {
  final List<Jobs.Job> jobs = new ArrayList<>();
  final List<NewEnrollment> enrollments = new ArrayList<>();
  final List<Refusal> refusals = new ArrayList<>();
  final List<StopOrder> stops = new ArrayList<>();
  final Map<UUID, Map<String, StopReason>> reversedJobs = new HashMap<>();
  final List<Outgoing> customerFacts = new ArrayList<>();

  void reverse(JobKey job, StopReason reason) {
    reversedJobs
        .computeIfAbsent(job.businessId(), business -> new HashMap<>())
        .put(job.jobId(), reason);
  }

  /** The facts of what was enrolled and refused. */
  List<Outgoing> announcements() {
    List<Outgoing> facts = new ArrayList<>();
    for (NewEnrollment enrollment : enrollments) {
      facts.add(
          Announcements.started(
              enrollment.path(), enrollment.source(), enrollment.plan(), enrollment.enrolledAt()));
    }
    for (Refusal refusal : refusals) {
      facts.add(
          Announcements.refused(
              refusal.refusalId(),
              refusal.businessId(),
              refusal.campaignId(),
              refusal.customerId(),
              refusal.jobId(),
              refusal.serviceType(),
              refusal.reason(),
              refusal.explanation(),
              refusal.at()));
    }
    return facts;
  }
}
