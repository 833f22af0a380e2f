package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.journey.ConditionFacts;
import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.engine.journey.Journey;
import dev.aftertouch.engine.journey.Signal.StepDue;
import dev.aftertouch.engine.journey.Transition;
import dev.aftertouch.enrollment.advancing.Move.Made;
import dev.aftertouch.enrollment.directory.Definition;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.directory.FollowedVersion;
import dev.aftertouch.enrollment.directory.StandingCampaign;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.service.kafka.Outgoing;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;

/**
 * Takes what has come due and hands it to the gate (MT-06), a batch in one transaction, on as many
 * instances as there are.
 *
 * <p><b>States.</b> A due row exists exactly while its enrollment waits for a step; an active
 * enrollment without one awaits the outcome of its touch. Claiming locks due rows with SKIP LOCKED,
 * publishes their touches, awaits the broker's acknowledgement while it holds the locks, and
 * removes the rows. Nothing else is written: the enrollment stays at its step and round.
 *
 * <p><b>Nothing is read but due rows.</b> A due row carries what the gate is told of its touch.
 * Whoever moves, stops or renews an enrollment changes the enrollment's row first and its due row
 * after that, in one transaction, and publishes last. So a due row that can be locked belongs to an
 * active enrollment and says what that says.
 *
 * <p><b>Races.</b> A stop or an answer that comes while a claimer holds the due row waits for the
 * claim there: the stop is announced after the touch, as if it had come after the claim, and the
 * answer finds the row gone and adds the next one. Rows are removed by the place where they were
 * locked, so a row that was added later is out of reach.
 *
 * <p><b>Waiting for nobody.</b> What others have locked is skipped and comes round again. Where a
 * step is no touch and the enrollment's row must be written too, that is locked with SKIP LOCKED
 * first. So claiming, which holds due rows before enrollments, takes part in no deadlock with those
 * who take them in the other order.
 *
 * <p><b>Fairness.</b> One claim takes of each business at most its share, so a hundred thousand
 * touches of one stand in nobody's way: a business with something due is served in the next claims,
 * longest waiting first. It also bounds what one business can put before the gate at once: a claim
 * that is not full is followed by a pause, or by one claim from the beginning where it ended a
 * burst.
 *
 * <p><b>Failure.</b> A crash before the commit leaves the due rows: the batch is claimed and
 * published again, with the same touch ids and rounds, which the gate answers once; if the first
 * answer is here before the second claim, it has replaced the row. A crash after the commit loses
 * nothing.
 */
@Service
class ClaimDueTouches {
  /** Of 1,000 rows each: two seconds, where 10,000 a second are claimed. */
  private static final int LONGEST_BURST = 20;

  private final Tenancy tenancy;
  private final DueTouches dueTouches;
  private final Enrollments enrollments;
  private final Directory directory;
  private final WriteMoves writeMoves;
  private final Publisher publisher;
  private final InstantSource clock;
  private final AdvancingProperties properties;
  private final Counter claimed;
  private final Counter notCarriedOut;
  private final Timer lateness;

  private record Found(List<Due> due, ClaimFront next) {}

  ClaimDueTouches(
      Tenancy tenancy,
      DueTouches dueTouches,
      Enrollments enrollments,
      Directory directory,
      WriteMoves writeMoves,
      Publisher publisher,
      InstantSource clock,
      AdvancingProperties properties,
      MeterRegistry meters) {
    this.tenancy = tenancy;
    this.dueTouches = dueTouches;
    this.enrollments = enrollments;
    this.directory = directory;
    this.writeMoves = writeMoves;
    this.publisher = publisher;
    this.clock = clock;
    this.properties = properties;
    this.claimed = meters.counter("aftertouch.touches.claimed");
    this.notCarriedOut = meters.counter("aftertouch.steps.not.carried.out");
    this.lateness = meters.timer("aftertouch.touches.lateness");
  }

  /** Claims one batch. Returns whether there may be more at once. */
  boolean claim() {
    return claimFrom(ClaimFront.BEGINNING).isPresent();
  }

  /**
   * Claims batch after batch as long as they are full, each from where the one before ended. What
   * has come in before that, or was locked by others, is what the next burst begins with: soon,
   * because none is longer than {@value #LONGEST_BURST} batches. Returns whether there may be more
   * at once.
   */
  boolean claimBurst() {
    Optional<ClaimFront> front = Optional.of(ClaimFront.BEGINNING);
    int batches = 0;
    while (front.isPresent() && batches < LONGEST_BURST) {
      front = claimFrom(front.get());
      batches++;
    }
    return batches > 1;
  }

  private Optional<ClaimFront> claimFrom(ClaimFront front) {
    Instant now = clock.instant();
    return tenancy.asWorker(() -> claim(front, now));
  }

  /** Returns where the next claim begins, if this one was full. */
  private Optional<ClaimFront> claim(ClaimFront front, Instant now) {
    Found found = fairShares(front, now);
    List<Due> due = found.due();
    if (due.isEmpty()) {
      return Optional.empty();
    }
    Set<EnrollmentKey> held = hold(due);
    Map<FollowedVersion, Definition> definitions =
        directory.followed(due.stream().map(Due::version).collect(Collectors.toSet()));
    Claim claim = new Claim();
    for (Due row : due) {
      if (!held.contains(row.key())) {
        fallDue(claim, row, Objects.requireNonNull(definitions.get(row.version())), now);
      }
    }
    List<Made> passed = pass(claim.moves());
    if (!claim.removed().isEmpty()) {
      expect(claim.removed().size(), dueTouches.remove(claim.removed()));
    }
    List<Outgoing> facts = new ArrayList<>(claim.requests());
    passed.stream()
        .filter(one -> one.move().completes())
        .forEach(one -> facts.add(one.completion(now)));
    publisher.publishAndAwait(facts);
    claimed.increment(claim.requests().size());
    notCarriedOut.increment(claim.notCarriedOut());
    lateness.record(Duration.between(due.getFirst().waiting().dueAt(), now));
    boolean progress = claim.removed().size() + passed.size() + held.size() > 0;
    return progress && due.size() == properties.claimBatch()
        ? Optional.of(found.next())
        : Optional.empty();
  }

  private static void fallDue(Claim claim, Due due, Definition definition, Instant now) {
    Waiting waiting = due.waiting();
    Transition transition =
        Journey.decide(
            definition.campaign(),
            waiting,
            new StepDue(waiting.stepId(), waiting.round(), now),
            facts(due));
    claim.add(definition, due, transition);
  }

  /** Moves on those enrollments that nobody else is at; the others' due rows stay. */
  private List<Made> pass(List<Move> moves) {
    if (moves.isEmpty()) {
      return List.of();
    }
    Set<EnrollmentKey> free = enrollments.lockFree(moves.stream().map(Move::enrollment).toList());
    List<Made> made =
        writeMoves.write(
            moves.stream().filter(m -> free.contains(m.enrollment())).toList(), Leftovers.POSSIBLE);
    expect(free.size(), made.size());
    return made;
  }

  /** The rows are locked, so a difference means that somebody writes without the lock. */
  private static void expect(int expected, int found) {
    if (found != expected) {
      throw new OptimisticLockingFailureException(
          "Only " + found + " of " + expected + " rows were where they had been locked");
    }
  }

  /**
   * What is due longest, but of no business more than its share. Where one has more than that, what
   * it leaves goes to those behind it; its own rows stay for the next claim.
   */
  private Found fairShares(ClaimFront front, Instant now) {
    int batch = properties.claimBatch();
    List<Due> oldest = dueTouches.oldest(front, now, batch);
    FairShares shares = FairShares.of(oldest, properties.claimShare());
    ClaimFront next = front.after(oldest, shares.taken());
    if (oldest.size() < batch || shares.left() == 0) {
      return new Found(shares.taken(), next);
    }
    List<Due> taken = new ArrayList<>(shares.taken());
    taken.addAll(
        dueTouches.oldestOfOthers(
            shares.served(), now, batch - taken.size(), properties.claimShare()));
    return new Found(taken, next);
  }

  /** What conditions may ask about: the job and the enrollment. */
  private static ConditionFacts facts(Due due) {
    Map<String, String> facts = new HashMap<>();
    facts.put("enrollment.touches_completed", Integer.toString(due.touchesCompleted()));
    if (due.serviceType() != null) {
      facts.put("job.service_type", due.serviceType());
    }
    if (due.jobValue() != null) {
      facts.put("job.value", due.jobValue().toPlainString());
    }
    if (due.jobCompletedAt() != null) {
      facts.put("job.completed_at", due.jobCompletedAt().toString());
    }
    return new ConditionFacts(facts);
  }

  /** Puts aside what belongs to a campaign that holds its enrollments. */
  private Set<EnrollmentKey> hold(List<Due> due) {
    Set<UUID> businesses =
        due.stream().map(row -> row.key().businessId()).collect(Collectors.toSet());
    Set<UUID> campaigns = due.stream().map(Due::campaignId).collect(Collectors.toSet());
    Set<UUID> holding =
        directory.lockHoldingCampaigns(businesses, campaigns).stream()
            .map(StandingCampaign::campaignId)
            .collect(Collectors.toSet());
    if (holding.isEmpty()) {
      return Set.of();
    }
    Set<EnrollmentKey> held =
        due.stream()
            .filter(row -> holding.contains(row.campaignId()))
            .map(Due::key)
            .collect(Collectors.toSet());
    dueTouches.hold(held);
    return held;
  }
}
