package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.journey.ConditionFacts;
import dev.aftertouch.engine.journey.Effect;
import dev.aftertouch.engine.journey.EnrollmentState.AwaitingOutcome;
import dev.aftertouch.engine.journey.Journey;
import dev.aftertouch.engine.journey.Transition;
import dev.aftertouch.enrollment.advancing.Move.Made;
import dev.aftertouch.enrollment.directory.Definition;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.directory.FollowedVersion;
import dev.aftertouch.enrollment.directory.VersionKey;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/**
 * Moves enrollments on when the gate has answered: the next step counts from the scheduled time of
 * this one (MT-14), and a touch that was skipped or failed holds up nothing (MT-13).
 *
 * <p><b>Nothing is read first.</b> An outcome names the step, the round and the scheduled time of
 * its touch: that is the state in which the enrollment awaits it. The journey decides from there,
 * and the move takes place where the enrollment is active and at that step and round when its row
 * is written. Everywhere else the answer is a repeat, out of date, or too late for a stop, and
 * moves nothing; so of two that answer the same round at once, on whatever instance, one moves it.
 *
 * <p><b>Before the claim's commit.</b> An answer may overtake the commit of the claim that it
 * answers. Scheduling the next step, or removing the due row of a completed enrollment, then waits
 * for that commit, because the claimer holds the row. If the claimer died, its row is still there:
 * the batch, which expects none, is rolled back and written again, replacing what it meets.
 *
 * <p><b>Failure.</b> Completions are published before the commit; a repeat of the batch finds the
 * enrollments moved on and changes nothing.
 */
@Service
class AdvanceEnrollments {
  private final Tenancy tenancy;
  private final Enrollments enrollments;
  private final Directory directory;
  private final WriteMoves writeMoves;
  private final Publisher publisher;
  private final InstantSource clock;

  private record TouchKey(EnrollmentKey enrollment, String stepId) {}

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
    Instant now = clock.instant();
    try {
      tenancy.asWorker(() -> advance(outcomes, now, Leftovers.NONE));
    } catch (DuplicateKeyException leftover) {
      tenancy.asWorker(() -> advance(outcomes, now, Leftovers.POSSIBLE));
    }
  }

  private void advance(List<TouchOutcome> outcomes, Instant now, Leftovers leftovers) {
    Map<FollowedVersion, Definition> definitions =
        directory.knownFollowed(
            outcomes.stream().map(AdvanceEnrollments::version).collect(Collectors.toSet()));
    // An enrollment is never here without its version: what names none that is known has left with
    // its business. What has left though its definition is known moves nothing.
    List<TouchOutcome> known =
        outcomes.stream().filter(outcome -> definitions.containsKey(version(outcome))).toList();
    List<TouchOutcome> unmoved = new ArrayList<>();
    List<Outgoing> facts = new ArrayList<>();
    for (List<TouchOutcome> wave : waves(known)) {
      Set<EnrollmentKey> moved = new HashSet<>();
      for (Made made : writeMoves.write(moves(wave, definitions, now), leftovers)) {
        moved.add(made.move().enrollment());
        if (made.move().completes()) {
          facts.add(made.completion(now));
        }
      }
      wave.stream().filter(outcome -> !moved.contains(enrollment(outcome))).forEach(unmoved::add);
    }
    note(unmoved);
    publisher.publishAndAwait(facts);
  }

  /** Parts the outcomes so that no part has two of one enrollment, and those stay in order. */
  private static Collection<List<TouchOutcome>> waves(List<TouchOutcome> outcomes) {
    Map<Integer, List<TouchOutcome>> waves = new LinkedHashMap<>();
    Map<EnrollmentKey, Integer> seen = new HashMap<>();
    for (TouchOutcome outcome : outcomes) {
      waves
          .computeIfAbsent(
              seen.merge(enrollment(outcome), 1, Integer::sum), wave -> new ArrayList<>())
          .add(outcome);
    }
    return waves.values();
  }

  private static List<Move> moves(
      List<TouchOutcome> wave, Map<FollowedVersion, Definition> definitions, Instant now) {
    return wave.stream()
        .map(
            outcome -> {
              Definition definition =
                  Objects.requireNonNull(definitions.get(version(outcome)), "Left out before");
              return move(outcome, definition.campaign(), now);
            })
        .toList();
  }

  /** What the journey makes of the outcome, if the enrollment awaits it. */
  private static Move move(TouchOutcome outcome, CampaignDefinition definition, Instant now) {
    AwaitingOutcome awaited =
        new AwaitingOutcome(outcome.getStepId(), outcome.getScheduledAt(), outcome.getRound());
    Transition transition =
        Journey.decide(definition, awaited, Outcomes.signal(outcome, now), ConditionFacts.NONE);
    boolean ends = transition.effects().stream().anyMatch(Effect.RecordTouch.class::isInstance);
    return new Move(
        enrollment(outcome),
        outcome.getCampaignId(),
        outcome.getCustomerId(),
        outcome.getStepId(),
        outcome.getRound(),
        transition.state(),
        ends ? Outcomes.touch(outcome) : null,
        Outcomes.deferral(outcome));
  }

  /**
   * Notes how touches ended whose enrollments have moved on before or were stopped: an unknown
   * ending may be settled. Of several endings of one touch the first that is certain counts.
   */
  private void note(List<TouchOutcome> unmoved) {
    Map<TouchKey, EndedTouch> touches = new LinkedHashMap<>();
    for (TouchOutcome outcome : unmoved) {
      if (Outcomes.settlesUnknown(outcome)) {
        EndedTouch touch = Outcomes.touch(outcome);
        touches.merge(
            new TouchKey(touch.key(), touch.stepId()),
            touch,
            (one, other) -> one.isUnknown() ? other : one);
      }
    }
    if (!touches.isEmpty()) {
      Set<EnrollmentKey> here =
          enrollments.existing(
              touches.keySet().stream().map(TouchKey::enrollment).collect(Collectors.toSet()));
      enrollments.record(
          touches.values().stream().filter(touch -> here.contains(touch.key())).toList());
    }
  }

  private static EnrollmentKey enrollment(TouchOutcome outcome) {
    return new EnrollmentKey(outcome.getBusinessId(), outcome.getEnrollmentId());
  }

  private static FollowedVersion version(TouchOutcome outcome) {
    return new FollowedVersion(
        new VersionKey(outcome.getBusinessId(), outcome.getCampaignId(), outcome.getVersion()),
        outcome.getDefinitionId());
  }
}
