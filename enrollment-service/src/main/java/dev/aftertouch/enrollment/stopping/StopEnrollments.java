package dev.aftertouch.enrollment.stopping;

import dev.aftertouch.engine.journey.ConditionFacts;
import dev.aftertouch.engine.journey.EnrollmentState.Stopped;
import dev.aftertouch.engine.journey.Journey;
import dev.aftertouch.engine.journey.Signal.StopRequested;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.engine.journey.Transition;
import dev.aftertouch.enrollment.announcing.Announcements;
import dev.aftertouch.enrollment.directory.Definition;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.directory.FollowedVersion;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.enrollment.stopping.ActiveEnrollments.Ended;
import dev.aftertouch.enrollment.stopping.ActiveEnrollments.JobRef;
import dev.aftertouch.service.kafka.Outgoing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Ends enrollments early. Works in the caller's transaction and hands back the facts that the
 * caller publishes before its commit. An enrollment that has ended meanwhile stays as it is: a lost
 * race changes nothing.
 *
 * <p>Locks: enrollments in the order of their ids, then their due rows, as advancing does. Claiming
 * never waits for either.
 */
@Service
public class StopEnrollments {
  private final ActiveEnrollments enrollments;
  private final Directory directory;

  StopEnrollments(ActiveEnrollments enrollments, Directory directory) {
    this.enrollments = enrollments;
    this.directory = directory;
  }

  /**
   * Stops those of the enrollments that are active; of two orders for one enrollment the first
   * decides.
   */
  public List<Outgoing> stop(Collection<StopOrder> orders, Instant now) {
    if (orders.isEmpty()) {
      return List.of();
    }
    Map<EnrollmentKey, StopOrder> byKey = new HashMap<>();
    orders.forEach(order -> byKey.putIfAbsent(order.enrollment(), order));
    List<Path> active = enrollments.lock(byKey.keySet());
    Map<FollowedVersion, Definition> definitions =
        directory.followed(active.stream().map(Path::followed).distinct().toList());
    List<Ended> ended = new ArrayList<>();
    List<Outgoing> facts = new ArrayList<>();
    for (Path path : active) {
      StopOrder order = byKey.get(path.key());
      Definition definition = definitions.get(path.followed());
      if (order == null || definition == null) {
        throw new IllegalStateException("Locked what was not asked for: " + path.key());
      }
      Transition transition =
          Journey.decide(
              definition.campaign(),
              path.state(),
              new StopRequested(order.reason(), now),
              ConditionFacts.NONE);
      if (transition.state() instanceof Stopped stopped) {
        ended.add(new Ended(path.key(), stopped.reason().code(), order.stoppedBy(), stopped.at()));
        facts.add(Announcements.stopped(path, stopped.reason(), order.stoppedBy(), stopped.at()));
      }
    }
    if (!ended.isEmpty()) {
      enrollments.end(ended);
      enrollments.unschedule(ended.stream().map(Ended::key).toList());
    }
    return facts;
  }

  /** Stops the active enrollments that the jobs led to. */
  public List<Outgoing> stopOfJobs(
      UUID businessId, Map<String, StopReason> reasonsByJob, Instant now) {
    if (reasonsByJob.isEmpty()) {
      return List.of();
    }
    List<StopOrder> orders = new ArrayList<>();
    List<JobRef> jobs =
        reasonsByJob.keySet().stream().map(job -> new JobRef(businessId, job)).toList();
    for (Path path : enrollments.ofJobs(jobs)) {
      StopReason reason = path.jobId() == null ? null : reasonsByJob.get(path.jobId());
      if (reason != null) {
        orders.add(new StopOrder(path.key(), reason, null));
      }
    }
    return stop(orders, now);
  }
}
