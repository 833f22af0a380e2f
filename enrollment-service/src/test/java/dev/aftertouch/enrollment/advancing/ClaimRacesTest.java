package dev.aftertouch.enrollment.advancing;

import static dev.aftertouch.enrollment.World.TEXT_THEN_EMAIL;
import static dev.aftertouch.enrollment.World.customer;
import static dev.aftertouch.enrollment.World.inZone;
import static dev.aftertouch.enrollment.World.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.Delay;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.Ground;
import dev.aftertouch.enrollment.World;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.stopping.StopEnrollments;
import dev.aftertouch.enrollment.stopping.StopOrder;
import dev.aftertouch.facts.Channel;
import dev.aftertouch.facts.JobCustomer;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.facts.TouchSent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What meets a claim between its reading and its commit. */
class ClaimRacesTest extends Ground {
  private static final Instant DONE = START.minus(Duration.ofHours(1));
  private static final String STATE =
      "SELECT concat_ws(' ', status, step_id, round, touches_completed) FROM enrollments WHERE business_id = :business";
  private static final String DUE =
      "SELECT concat_ws(' ', step_id, round) FROM due_touches WHERE business_id = :business";

  @Autowired private ClaimDueTouches claimDueTouches;
  @Autowired private AdvanceEnrollments advanceEnrollments;
  @Autowired private StopEnrollments stopEnrollments;
  @Autowired private DueTouches dueTouches;

  @BeforeEach
  void startOfTheClock() {
    clock.set(DONE.plus(Duration.ofHours(4)));
    tenancy.asWorker(() -> jdbc.sql("DELETE FROM due_touches").update());
  }

  @Test
  void anAnswerThatOvertakesTheCommitWaitsForItAndKeepsTheNextDueRow() throws Exception {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchOutcome answer = answer(business);

    meet(
        () -> dueTouches.remove(dueTouches.oldest(ClaimFront.BEGINNING, clock.instant(), 1)),
        () -> advanceEnrollments.advance(List.of(answer)));

    assertThat(text(business, STATE)).isEqualTo("active email 0 1");
    assertThat(text(business, DUE)).isEqualTo("email 0");
  }

  @Test
  void anAnswerToAClaimThatNeverCommittedReplacesTheDueRow() throws Exception {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchOutcome answer = answer(business);

    meet(
        () -> dueTouches.oldest(ClaimFront.BEGINNING, clock.instant(), 1),
        () -> advanceEnrollments.advance(List.of(answer)));
    claimDueTouches.claim();

    assertThat(text(business, DUE)).isEqualTo("email 0");
    assertThat(requests(business)).isEmpty();
  }

  @Test
  void aStopThatMeetsAClaimTakesEffectAfterIt() throws Exception {
    UUID business = enrolled(TEXT_THEN_EMAIL);

    meet(() -> dueTouches.oldest(ClaimFront.BEGINNING, clock.instant(), 1), () -> stop(business));

    assertThat(text(business, STATE)).isEqualTo("stopped text 0 0");
    assertThat(world.count("due_touches", business)).isZero();
  }

  @Test
  void anAnswerAfterTheStopIsNotedAndMovesNothing() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchOutcome answer = answer(business);
    claimDueTouches.claim();
    stop(business);

    advanceEnrollments.advance(List.of(answer));

    assertThat(text(business, STATE)).isEqualTo("stopped text 0 0");
    assertThat(world.count("due_touches", business)).isZero();
    assertThat(world.count("enrollment_touches", business)).isEqualTo(1);
  }

  @Test
  void aCustomerRenewedWhileTheEnrollmentMovesOnIsTheNewestInItsDueRow() throws Exception {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchOutcome answer = answer(business);
    claimDueTouches.claim();
    JobCustomer renewed = inZone(customer("c-1"), "America/Boise");

    meet(
        () -> advanceEnrollments.advance(List.of(answer)),
        () -> {
          world.tellJob(job(business, "earlier", DONE.minusSeconds(1), renewed), "c-1");
          await().until(() -> world.count("refusals", business) == 1);
        });
    clock.set(DONE.plus(Duration.ofDays(30)));
    claimDueTouches.claim();

    assertThat(requests(business))
        .extracting(TouchDue::getStepId, TouchDue::getCustomerRevision)
        .containsExactly(tuple("text", 1L), tuple("email", 2L));
  }

  @Test
  void aBusinessThatLeavesWhileItsEnrollmentMovesOnLeavesNothing() throws Exception {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchOutcome answer = answer(business);
    claimDueTouches.claim();

    meet(() -> advanceEnrollments.advance(List.of(answer)), () -> world.deleteBusiness(business));

    assertThat(world.count("due_touches", business)).isZero();
    assertThat(world.count("enrollment_touches", business)).isZero();
  }

  @Test
  void ofManyThatAnswerTheSameRoundAtOnceOneMovesIt() throws Exception {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchOutcome answer = answer(business);
    claimDueTouches.claim();

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<Boolean> advance =
          () -> {
            advanceEnrollments.advance(List.of(answer, answer));
            return true;
          };
      for (Future<Boolean> done :
          threads.invokeAll(Stream.generate(() -> advance).limit(8).toList())) {
        assertThat(done.get()).isTrue();
      }
    }

    assertThat(text(business, STATE)).isEqualTo("active email 0 1");
    assertThat(text(business, DUE)).isEqualTo("email 0");
    assertThat(world.count("enrollment_touches", business)).isEqualTo(1);
  }

  @Test
  void passesNoStepOfAnEnrollmentThatSomebodyElseIsAt() throws Exception {
    CampaignDefinition waits =
        World.definition(List.of(new Step.Wait("pause", Delay.hours(1)), World.TEXT));
    UUID business = enrolled(waits);

    meet(
        () ->
            jdbc.sql("SELECT FROM enrollments WHERE business_id = :business FOR NO KEY UPDATE")
                .param("business", business)
                .query(row -> {}),
        null,
        claimDueTouches::claim);

    assertThat(text(business, DUE)).isEqualTo("pause 0");
    claimDueTouches.claim();
    assertThat(text(business, DUE)).isEqualTo("text 0");
  }

  @Test
  void notesNothingOfAnEnrollmentThatIsNotHere() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchOutcome answer = answer(business, UUID.randomUUID());

    advanceEnrollments.advance(List.of(answer));

    assertThat(world.count("enrollment_touches", business)).isZero();
  }

  private void meet(Runnable inTheFirst, Runnable second) throws Exception {
    meet(inTheFirst, second, null);
  }

  /**
   * Runs the first in a transaction, begins the second, which has to wait, and commits. A third
   * that waits for nobody runs to its end before the commit.
   */
  private void meet(Runnable inTheFirst, @Nullable Runnable second, @Nullable Runnable unimpeded)
      throws Exception {
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> first =
          threads.submit(
              () ->
                  tenancy.asWorker(
                      () -> {
                        inTheFirst.run();
                        locked.countDown();
                        awaitQuietly(over);
                      }));
      locked.await();
      Future<?> waiting = first;
      try {
        if (unimpeded != null) {
          threads.submit(unimpeded).get(20, TimeUnit.SECONDS);
        }
        if (second != null) {
          waiting = threads.submit(second);
        }
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
        assertThat(waiting.isDone()).isFalse();
      } finally {
        over.countDown();
      }
      first.get();
      waiting.get();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private void stop(UUID business) {
    UUID enrollment = id(business, "enrollment_id");
    StopOrder order =
        new StopOrder(new EnrollmentKey(business, enrollment), StopReason.OWNER_STOPPED, "Sam");
    tenancy.asWorker(() -> stopEnrollments.stop(List.of(order), clock.instant()));
  }

  private UUID enrolled(CampaignDefinition definition) {
    UUID business = world.business();
    world.campaign(business, definition);
    world.tellJob(job(business, "J-1", DONE, customer("c-1")), "c-1");
    await().until(() -> world.count("enrollments", business) == 1);
    return business;
  }

  private List<TouchDue> requests(UUID business) {
    return facts(
        Topics.TOUCHES_DUE, TouchDue.class, touch -> touch.getBusinessId().equals(business));
  }

  /** What the gate answers to the first touch of the business's only enrollment. */
  private TouchOutcome answer(UUID business) {
    return answer(business, id(business, "enrollment_id"));
  }

  private TouchOutcome answer(UUID business, UUID enrollment) {
    Instant planned = DONE.plus(Duration.ofHours(4));
    return new TouchOutcome(
        UUID.randomUUID(),
        0,
        business,
        enrollment,
        id(business, "campaign_id"),
        1,
        null,
        id(business, "customer_id"),
        "text",
        1,
        Channel.SMS,
        planned,
        planned,
        clock.instant(),
        new TouchSent("twilio", "SM1", "00", 1));
  }

  private UUID id(UUID business, String column) {
    return UUID.fromString(
        text(
            business,
            "SELECT " + column + "::text FROM enrollments WHERE business_id = :business"));
  }
}
