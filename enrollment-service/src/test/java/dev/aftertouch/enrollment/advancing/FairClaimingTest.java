package dev.aftertouch.enrollment.advancing;

import static dev.aftertouch.enrollment.World.TEXT_THEN_EMAIL;
import static dev.aftertouch.enrollment.World.customer;
import static dev.aftertouch.enrollment.World.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.enrollment.Ground;
import dev.aftertouch.enrollment.World;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.kafka.Outgoing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One business's crowd stands in nobody's way. A claim takes 1,000, of one business 250. */
class FairClaimingTest extends Ground {
  private static final Instant DONE = START.minus(Duration.ofHours(1));
  private static final Instant ALL_DUE = DONE.plus(Duration.ofHours(6));
  private static final int CROWD = 5_000;

  @Autowired private ClaimDueTouches claimDueTouches;
  @Autowired private DueTouches dueTouches;
  @Autowired private Enrollments enrollments;
  @Autowired private Directory directory;
  @Autowired private WriteMoves writeMoves;
  private UUID crowd = UUID.randomUUID();
  private final List<UUID> small = new ArrayList<>();

  @BeforeEach
  void nothingDue() {
    clock.set(START);
    tenancy.asWorker(() -> jdbc.sql("DELETE FROM due_touches").update());
  }

  private void aCrowdAndFiveSmallBusinessesBehindIt() {
    crowd = enrolled(CROWD, DONE);
    for (int i = 0; i < 5; i++) {
      small.add(enrolled(10, DONE.plus(Duration.ofHours(1))));
    }
    clock.set(ALL_DUE);
  }

  @Test
  void servesTheSmallOnesInTheFirstClaimAndTheCrowdByItsShare() {
    aCrowdAndFiveSmallBusinessesBehindIt();
    claimDueTouches.claim();

    assertThat(small).allSatisfy(business -> assertThat(waiting(business)).isZero());
    assertThat(waiting(crowd)).isEqualTo(CROWD - 250);
    claimDueTouches.claim();
    assertThat(waiting(crowd)).isEqualTo(CROWD - 500);
  }

  @Test
  void losesNothingAndTakesNothingTwiceWithSeveralClaimers() throws Exception {
    aCrowdAndFiveSmallBusinessesBehindIt();
    try (ExecutorService claimers = Executors.newFixedThreadPool(4)) {
      inAll(claimers, claimDueTouches::claim);
      assertThat(small).allSatisfy(business -> assertThat(waiting(business)).isZero());
      assertThat(waiting(crowd)).isGreaterThanOrEqualTo(CROWD - 4 * 250);

      inAll(
          claimers,
          () -> {
            while (waiting(crowd) > 0) {
              claimDueTouches.claim();
            }
          });
    }

    Map<UUID, List<UUID>> requested = requests();
    assertThat(requested.get(crowd)).hasSize(CROWD).doesNotHaveDuplicates();
    assertThat(small)
        .allSatisfy(
            business -> assertThat(requested.get(business)).hasSize(10).doesNotHaveDuplicates());
  }

  @Test
  void servesBusinessByBusinessWhatIsDueAtTheSameInstant() {
    List<UUID> businesses = enrolledInTurns(12, 100, DONE);
    clock.set(ALL_DUE);

    claimDueTouches.claim();

    assertThat(businesses.stream().map(this::waiting).toList())
        .containsOnly(0L, 100L)
        .filteredOn(waiting -> waiting == 0)
        .hasSize(10);
  }

  @Test
  void claimsABurstWholeAndEachTouchOnce() {
    List<UUID> businesses = enrolledInTurns(3, 200, DONE);
    clock.set(ALL_DUE);
    ClaimDueTouches claiming = inBatchesOf(10);

    assertThat(claiming.claimBurst()).isTrue();
    assertThat(businesses.stream().mapToLong(this::waiting).sum()).isEqualTo(3 * 200 - 20 * 10);
    while (claiming.claimBurst()) {
      assertThat(businesses.stream().mapToLong(this::waiting).sum()).isLessThan(3 * 200 - 20 * 10);
    }

    Map<UUID, List<UUID>> requested = requests();
    assertThat(businesses)
        .allSatisfy(
            business -> assertThat(requested.get(business)).hasSize(200).doesNotHaveDuplicates());
  }

  private ClaimDueTouches inBatchesOf(int rows) {
    return new ClaimDueTouches(
        tenancy,
        dueTouches,
        enrollments,
        directory,
        writeMoves,
        publisher,
        clock,
        new AdvancingProperties(rows, rows, Duration.ZERO, false),
        new SimpleMeterRegistry());
  }

  @Test
  void theNextClaimOfABurstBeginsWithTheLastBusinessOfTheOneBefore() {
    enrolledInTurns(12, 10, DONE);
    clock.set(ALL_DUE);
    List<Due> first = oldest(ClaimFront.BEGINNING, 85);

    List<Due> next = oldest(ClaimFront.BEGINNING.after(first, first), 85);

    List<UUID> before = businesses(first);
    assertThat(before).hasSize(9);
    assertThat(businesses(next)).startsWith(before.getLast()).hasSize(4);
    assertThat(businesses(next)).doesNotContainAnyElementsOf(before.subList(0, 8));
  }

  private static List<UUID> businesses(List<Due> due) {
    return due.stream().map(row -> row.key().businessId()).distinct().toList();
  }

  private List<Due> oldest(ClaimFront front, int limit) {
    return tenancy.asWorker(() -> dueTouches.oldest(front, clock.instant(), limit));
  }

  private static void inAll(ExecutorService claimers, Runnable task) throws Exception {
    for (Future<Object> done :
        claimers.invokeAll(Collections.nCopies(4, Executors.callable(task)))) {
      done.get();
    }
  }

  private UUID enrolled(int jobs, Instant done) {
    return enrolledInTurns(1, jobs, done).getFirst();
  }

  /** The first job of each business, the second of each, and so on. */
  private List<UUID> enrolledInTurns(int count, int jobs, Instant done) {
    List<UUID> businesses =
        Stream.generate(() -> world.business(World.settings(Duration.ZERO, Map.of())))
            .limit(count)
            .toList();
    businesses.forEach(business -> world.campaign(business, TEXT_THEN_EMAIL));
    List<Outgoing> facts = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      for (UUID business : businesses) {
        facts.add(
            Outgoing.of(
                Topics.JOBS,
                business + ":C-" + i,
                job(business, "J-" + i, done, customer("c-" + i))));
      }
    }
    publisher.publishAndAwait(facts);
    await()
        .atMost(Duration.ofSeconds(120))
        .until(
            () ->
                businesses.stream()
                    .allMatch(business -> world.count("enrollments", business) == jobs));
    return businesses;
  }

  private long waiting(UUID business) {
    return world.count("due_touches", business);
  }

  /** The touches handed to the gate, by business. */
  private Map<UUID, List<UUID>> requests() {
    return facts(Topics.TOUCHES_DUE, TouchDue.class, touch -> true).stream()
        .collect(
            Collectors.groupingBy(
                TouchDue::getBusinessId,
                Collectors.mapping(TouchDue::getTouchId, Collectors.toList())));
  }
}
