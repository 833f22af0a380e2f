package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.journey.ConditionFacts;
import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.engine.journey.Journey;
import dev.aftertouch.engine.journey.Signal.StepDue;
import dev.aftertouch.engine.journey.Transition;
import dev.aftertouch.enrollment.advancing.DueTouches.Claimed;
import dev.aftertouch.enrollment.advancing.DueTouches.Due;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.directory.StandingCampaign;
import dev.aftertouch.enrollment.directory.VersionKey;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.tenancy.Tenancy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Takes what has come due and hands it to the gate (MT-06), a batch in one transaction, on as many
 * instances as there are.
 *
 * <p><b>States.</b> A due row exists exactly while its enrollment waits for a step. Claiming locks
 * the row and then the enrollment, both with SKIP LOCKED: it never waits for anybody, so it takes
 * part in no deadlock, and what it skipped comes round again. The touches are published, and
 * acknowledged by the broker, while the locks are held; then the commit removes the due rows and
 * marks the enrollments as awaiting their outcome.
 *
 * <p><b>Fairness.</b> One claim takes of each business at most its share, so a hundred thousand
 * touches of one stand in nobody's way: a business with something due is served in the next claims,
 * longest waiting first. It also bounds what one business can put before the gate at once: a claim
 * that is not full is followed by a pause.
 *
 * <p><b>Failure.</b> A crash before the commit leaves the due rows: the batch is claimed and
 * published again, with the same touch ids and rounds, which the gate answers once. A crash after
 * it loses nothing. A due row whose enrollment has moved on or ended, because a stop and an outcome
 * met, is removed here.
 */
@Service
class ClaimDueTouches {
  private final Tenancy tenancy;
  private final DueTouches dueTouches;
  private final Directory directory;
  private final WriteMoves writeMoves;
  private final Publisher publisher;
  private final InstantSource clock;
  private final AdvancingProperties properties;
  private final Counter claimed;
  private final Timer lateness;

  ClaimDueTouches(
      Tenancy tenancy,
      DueTouches dueTouches,
      Directory directory,
      WriteMoves writeMoves,
      Publisher publisher,
      InstantSource clock,
      AdvancingProperties properties,
      MeterRegistry meters) {
    this.tenancy = tenancy;
    this.dueTouches = dueTouches;
    this.directory = directory;
    this.writeMoves = writeMoves;
    this.publisher = publisher;
    this.clock = clock;
    this.properties = properties;
    this.claimed = meters.counter("aftertouch.touches.claimed");
    this.lateness = meters.timer("aftertouch.touches.lateness");
  }

  /** Claims one batch. Returns whether there may be more at once. */
  boolean claim() {
    Instant now = clock.instant();
    return tenancy.asWorker(() -> claim(now));
  }

  private boolean claim(Instant now) {
    List<Due> due = fairShares(now);
    if (due.isEmpty()) {
      return false;
    }
    List<Claimed> enrollments = dueTouches.lockEnrollments(due);
    Set<EnrollmentKey> held = hold(enrollments);
    Map<VersionKey, CampaignDefinition> definitions =
        directory.definitions(
            enrollments.stream().map(c -> c.path().versionKey()).collect(Collectors.toSet()));
    Map<EnrollmentKey, Due> byKey = new HashMap<>();
    due.forEach(row -> byKey.put(row.key(), row));
    Moves moves = new Moves();
    for (Claimed enrollment : enrollments) {
      Path path = enrollment.path();
      Due row = byKey.get(path.key());
      CampaignDefinition definition = definitions.get(path.versionKey());
      if (row != null && definition != null && !held.contains(path.key())) {
        fallDue(moves, definition, enrollment, row, now);
      }
    }
    writeMoves.write(moves);
    publisher.publishAndAwait(moves.facts());
    claimed.increment(moves.requested());
    lateness.record(Duration.between(due.getFirst().dueAt(), now));
    boolean progress = moves.size() + held.size() > 0;
    return progress && due.size() == properties.claimBatch();
  }

  /**
   * What is due longest, but of no business more than its share. Where one has more than that, what
   * it leaves goes to those behind it; its own rows stay for the next claim.
   */
  private List<Due> fairShares(Instant now) {
    int batch = properties.claimBatch();
    List<Due> oldest = dueTouches.oldest(now, batch);
    FairShares shares = FairShares.of(oldest, properties.claimShare());
    if (oldest.size() < batch || shares.left() == 0) {
      return shares.taken();
    }
    List<Due> taken = new ArrayList<>(shares.taken());
    taken.addAll(
        dueTouches.oldestOfOthers(
            shares.served(), now, batch - taken.size(), properties.claimShare()));
    return taken;
  }

  private static void fallDue(
      Moves moves, CampaignDefinition definition, Claimed enrollment, Due row, Instant now) {
    Path path = enrollment.path();
    boolean expected =
        path.state() instanceof Waiting waiting
            && waiting.stepId().equals(row.stepId())
            && waiting.round() == row.round();
    if (!expected) {
      moves.drop(path.key());
      return;
    }
    Transition transition =
        Journey.decide(
            definition, path.state(), new StepDue(row.stepId(), row.round(), now), facts(path));
    moves.add(definition, enrollment, row.dueAt(), transition, now);
  }

  /** What conditions may ask about without reading more: the job and the enrollment. */
  private static ConditionFacts facts(Path path) {
    Map<String, String> facts = new HashMap<>();
    facts.put("enrollment.touches_completed", Integer.toString(path.touchesCompleted()));
    if (path.serviceType() != null) {
      facts.put("job.service_type", path.serviceType());
    }
    if (path.jobValue() != null) {
      facts.put("job.value", path.jobValue().toPlainString());
    }
    if (path.jobCompletedAt() != null) {
      facts.put("job.completed_at", path.jobCompletedAt().toString());
    }
    return new ConditionFacts(facts);
  }

  /** Puts aside what belongs to a campaign that holds its enrollments. */
  private Set<EnrollmentKey> hold(List<Claimed> enrollments) {
    Set<UUID> businesses =
        enrollments.stream().map(c -> c.path().key().businessId()).collect(Collectors.toSet());
    Set<UUID> campaigns =
        enrollments.stream().map(c -> c.path().campaignId()).collect(Collectors.toSet());
    Set<UUID> holding =
        directory.lockHoldingCampaigns(businesses, campaigns).stream()
            .map(StandingCampaign::campaignId)
            .collect(Collectors.toSet());
    if (holding.isEmpty()) {
      return Set.of();
    }
    Set<EnrollmentKey> held =
        enrollments.stream()
            .map(Claimed::path)
            .filter(path -> holding.contains(path.campaignId()))
            .map(Path::key)
            .collect(Collectors.toSet());
    dueTouches.hold(held);
    return held;
  }
}
