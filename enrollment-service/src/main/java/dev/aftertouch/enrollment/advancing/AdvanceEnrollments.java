package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.journey.ConditionFacts;
import dev.aftertouch.engine.journey.Effect;
import dev.aftertouch.engine.journey.EnrollmentState.AwaitingOutcome;
import dev.aftertouch.engine.journey.EnrollmentState.Completed;
import dev.aftertouch.engine.journey.EnrollmentState.Stopped;
import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.engine.journey.Journey;
import dev.aftertouch.engine.journey.Transition;
import dev.aftertouch.enrollment.announcing.Announcements;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.directory.VersionKey;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Moves enrollments on when the gate has answered: the next step counts from the scheduled time of
 * this one (MT-14), and a touch that was skipped or failed holds up nothing (MT-13). Completions
 * are published before the commit; a repeat of the batch finds the enrollments moved on and changes
 * nothing.
 */
@Service
class AdvanceEnrollments {
  private final Tenancy tenancy;
  private final Enrollments enrollments;
  private final Directory directory;
  private final WriteMoves writeMoves;
  private final Publisher publisher;
  private final InstantSource clock;

  AdvanceEnrollments(
      Tenancy tenancy,
      Enrollments enrollments,
      Directory directory,
      WriteMoves writeMoves,
      Publisher publisher,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.enrollments = enrollments;
    this.directory = directory;
    this.writeMoves = writeMoves;
    this.publisher = publisher;
    this.clock = clock;
  }

  void advance(List<TouchOutcome> outcomes) {
    Map<EnrollmentKey, List<TouchOutcome>> byEnrollment = new HashMap<>();
    for (TouchOutcome outcome : outcomes) {
      byEnrollment
          .computeIfAbsent(
              new EnrollmentKey(outcome.getBusinessId(), outcome.getEnrollmentId()),
              key -> new ArrayList<>(1))
          .add(outcome);
    }
    Instant now = clock.instant();
    tenancy.asWorker(() -> advance(byEnrollment, now));
  }

  private void advance(Map<EnrollmentKey, List<TouchOutcome>> outcomes, Instant now) {
    List<Path> paths = enrollments.lock(outcomes.keySet());
    Map<VersionKey, CampaignDefinition> definitions =
        directory.definitions(paths.stream().map(Path::versionKey).collect(Collectors.toSet()));
    Moves moves = new Moves();
    for (Path path : paths) {
      CampaignDefinition definition = Objects.requireNonNull(definitions.get(path.versionKey()));
      follow(moves, path, definition, outcomes.getOrDefault(path.key(), List.of()), now);
    }
    writeMoves.write(moves);
    publisher.publishAndAwait(moves.facts());
  }

  /**
   * Applies the outcomes of one enrollment in their order; repeats among them are ignored by the
   * journey.
   */
  private static void follow(
      Moves moves,
      Path path,
      CampaignDefinition definition,
      List<TouchOutcome> outcomes,
      Instant now) {
    Transition last = null;
    int touchesCompleted = path.touchesCompleted();
    String deferral = null;
    for (TouchOutcome outcome : outcomes) {
      Transition next =
          Journey.decide(
              definition,
              last == null ? path.state() : last.state(),
              Outcomes.signal(outcome, now),
              ConditionFacts.NONE);
      if (Outcomes.settlesUnknown(outcome)) {
        moves.record(Outcomes.touch(outcome));
      }
      if (next.effects().isEmpty()) {
        continue;
      }
      last = next;
      deferral = Outcomes.deferral(outcome);
      for (Effect effect : next.effects()) {
        switch (effect) {
          case Effect.RecordTouch ignored -> touchesCompleted++;
          case Effect.AnnounceCompleted ignored ->
              moves.announce(Announcements.completed(path, touchesCompleted, now));
          case Effect.Schedule ignored -> {}
          case Effect.Unschedule ignored -> {}
          case Effect.RequestTouch ignored ->
              throw new IllegalStateException("No outcome requests a touch");
          case Effect.CarryOut ignored ->
              throw new IllegalStateException("No outcome carries out a step");
          case Effect.AnnounceStopped ignored ->
              throw new IllegalStateException("No outcome stops an enrollment");
        }
      }
    }
    if (last != null) {
      arrive(moves, path, last, touchesCompleted, deferral);
    }
  }

  private static void arrive(
      Moves moves, Path path, Transition last, int touchesCompleted, @Nullable String deferral) {
    switch (last.state()) {
      case Waiting waiting -> moves.arrive(new Move(path, waiting, touchesCompleted, deferral));
      case AwaitingOutcome awaiting ->
          moves.arrive(new Move(path, awaiting, touchesCompleted, deferral));
      case Completed completed -> moves.arrive(new Move(path, completed, touchesCompleted, null));
      case Stopped ignored -> {
        // The last touch of a stopped enrollment is noted; the enrollment itself stays as it ended.
      }
    }
  }
}
