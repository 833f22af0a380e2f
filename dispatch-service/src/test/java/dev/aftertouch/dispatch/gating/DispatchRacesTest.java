package dev.aftertouch.dispatch.gating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.dispatch.suppressing.StoppedEnrollments;
import dev.aftertouch.dispatch.suppressing.StoppedEnrollments.Stop;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.kafka.TryAgainException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DispatchRacesTest extends DispatchGround {
  private static final int ROUNDS = 100;
  private static final int TOUCHES = 20;

  @Autowired private DispatchTouches dispatch;
  @Autowired private DecideTouches decide;
  @Autowired private StoppedEnrollments stopped;
  @Autowired private StopBarrier barrier;

  /** The common pool of a small machine has one thread, and then there would be no race. */
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void sendsOnceWhenTwoDispatchersHaveTheSameTouches() {
    Fixture business = business();
    List<TouchDue> touches = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      touches.add(business.mail(business.customer()));
    }
    List<TouchDue> backwards = touches.reversed();

    CompletableFuture<Void> one = CompletableFuture.runAsync(() -> patiently(touches), threads);
    CompletableFuture<Void> two = CompletableFuture.runAsync(() -> patiently(backwards), threads);
    CompletableFuture.allOf(one, two).join();

    assertThat(ledgerOf(business.id)).hasSize(60);
    assertThat(new HashSet<>(outcomesOf(business.id))).hasSize(60);
  }

  private void patiently(List<TouchDue> touches) {
    for (TouchDue touch : touches) {
      boolean done = false;
      while (!done) {
        try {
          dispatch.dispatch(List.of(touch));
          done = true;
        } catch (TryAgainException lostTheRace) {
          Thread.onSpinWait();
        }
      }
    }
  }

  /**
   * 100 rounds of 20 enrollments, each stopped while the gate decides them: what was not claimed
   * when the stop was acknowledged is never claimed afterwards.
   */
  @Test
  void claimsNothingAfterAStopWasAcknowledged() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long gateTakes = durationOfOneGate();
    int claimedBefore = 0;
    int stoppedFirst = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Fixture business = business();
      List<TouchDue> touches = new ArrayList<>();
      for (int i = 0; i < TOUCHES; i++) {
        touches.add(business.mail(business.customer()));
      }
      long gateWaits = random.nextLong(gateTakes);
      long stopWaits = random.nextLong(2 * gateTakes);

      CompletableFuture<Void> gate =
          CompletableFuture.runAsync(
              () -> {
                LockSupport.parkNanos(gateWaits);
                decide.decide(touches, NOON);
              },
              threads);
      CompletableFuture<Set<UUID>> stop =
          CompletableFuture.supplyAsync(
              () -> {
                LockSupport.parkNanos(stopWaits);
                tenancy.asWorker(() -> stopped.add(stops(touches)));
                barrier.pass();
                return claimed(business);
              },
              threads);
      CompletableFuture.allOf(gate, stop).join();

      Set<UUID> atAcknowledgement = stop.join();
      assertThat(claimed(business))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(atAcknowledgement);
      claimedBefore += atAcknowledgement.isEmpty() ? 0 : 1;
      stoppedFirst += atAcknowledgement.isEmpty() ? 1 : 0;
    }
    // The race has to be one: both sides win sometimes.
    assertThat(claimedBefore).isPositive();
    assertThat(stoppedFirst).isPositive();
  }

  private long durationOfOneGate() {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      Fixture business = business();
      List<TouchDue> touches = new ArrayList<>();
      for (int j = 0; j < TOUCHES; j++) {
        touches.add(business.mail(business.customer()));
      }
      long start = System.nanoTime();
      decide.decide(touches, NOON);
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return fastest;
  }

  private static List<Stop> stops(List<TouchDue> touches) {
    return touches.stream()
        .map(t -> new Stop(t.getBusinessId(), t.getEnrollmentId(), "owner_stopped", NOON))
        .toList();
  }

  private Set<UUID> claimed(Fixture business) {
    return tenancy.asWorker(
        () ->
            new HashSet<>(
                jdbc.sql(
                        "SELECT touch_id FROM touches WHERE business_id = :business AND state = 'claimed'")
                    .param("business", business.id)
                    .query(UUID.class)
                    .list()));
  }
}
