package dev.aftertouch.dispatch.gating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.gating.DecideTouches.Decided;
import dev.aftertouch.dispatch.sending.SendMessages;
import dev.aftertouch.dispatch.settling.Claim;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.dispatch.suppressing.StoppedEnrollments;
import dev.aftertouch.dispatch.suppressing.StoppedEnrollments.Stop;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.kafka.TryAgainException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Stops against gates at random offsets. A trial is one text that three gates decide, all of them
 * the same rows in orders of their own, while somebody stops its enrollment: what was not claimed
 * when the stop was acknowledged is never claimed, and nothing is claimed twice. {@code
 * -Dtrials=50000} for the long run; a failure names its seed.
 */
class StopAgainstGateTest extends DispatchGround {
  private static final Logger log = LoggerFactory.getLogger(StopAgainstGateTest.class);
  private static final int TRIALS = Integer.getInteger("trials", 2_000);
  private static final int IN_A_ROUND = 250;
  private static final int IN_A_BATCH = 10;
  private static final int GATES = 3;
  private static final int STOPPERS = 2;

  @Autowired private DecideTouches decide;
  @Autowired private SendMessages sender;
  @Autowired private StoppedEnrollments stopped;
  @Autowired private StopBarrier barrier;

  /** The common pool of a small machine has one thread, and then there would be no race. */
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private final Map<UUID, Long> acceptedBy = new ConcurrentHashMap<>();
  private final Map<UUID, Long> acknowledged = new ConcurrentHashMap<>();
  private final Set<UUID> claimedAtAcknowledgement = ConcurrentHashMap.newKeySet();
  private final Set<UUID> claimedTwice = ConcurrentHashMap.newKeySet();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void claimsNothingAfterAStopWasAcknowledgedAndNothingTwice() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int trials = 0;
    int stoppedFirst = 0;
    long longest = 0;
    while (trials < TRIALS) {
      List<TouchDue> touches = round(random);
      Set<UUID> claimed = claimed(touches);
      assertThat(claimed).as("seed %d", seed).isEqualTo(claimedAtAcknowledgement);
      assertThat(claimedTwice).as("seed %d", seed).isEmpty();
      assertThat(acceptedBy.keySet()).as("seed %d", seed).isEqualTo(claimed);
      for (UUID touch : claimed) {
        longest =
            Math.max(
                longest, acceptedBy.getOrDefault(touch, 0L) - acknowledged.getOrDefault(touch, 0L));
      }
      trials += touches.size();
      stoppedFirst += touches.size() - claimed.size();
    }
    log.info(
        "{} stops against {} gates: stopped in time {}, claimed before {}, claimed after the acknowledgement 0;"
            + " longest acceptance after an acknowledgement at most {} ms",
        trials,
        GATES,
        stoppedFirst,
        trials - stoppedFirst,
        longest / 1_000_000);
    // The race has to be one: both sides win often.
    assertThat(stoppedFirst).isBetween(trials / 20, trials - trials / 20);
  }

  private List<TouchDue> round(Random random) {
    acceptedBy.clear();
    acknowledged.clear();
    claimedAtAcknowledgement.clear();
    Fixture business = business().settings(EmailProvider.RESEND, 1_000, 1_000);
    List<TouchDue> touches = business.customers(IN_A_ROUND).stream().map(business::text).toList();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < GATES; i++) {
      List<List<TouchDue>> batches = batches(touches, random);
      all.add(CompletableFuture.runAsync(() -> batches.forEach(this::decide), threads));
    }
    List<TouchDue> order = shuffled(touches, random);
    int share = IN_A_ROUND / STOPPERS;
    for (int i = 0; i < STOPPERS; i++) {
      List<TouchDue> mine = order.subList(i * share, (i + 1) * share);
      Random offsets = new Random(random.nextLong());
      all.add(CompletableFuture.runAsync(() -> stopAll(business, mine, offsets), threads));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    return touches;
  }

  private void decide(List<TouchDue> batch) {
    Decided decided = null;
    while (decided == null) {
      try {
        decided = decide.decide(batch, NOON);
      } catch (TryAgainException lostTheRace) {
        Thread.onSpinWait();
      }
    }
    sender.send(decided.parcels());
    long accepted = System.nanoTime();
    for (Claim claim : decided.flight().claims()) {
      UUID touch = claim.touch().id().touch();
      if (acceptedBy.put(touch, accepted) != null) {
        claimedTwice.add(touch);
      }
    }
  }

  private void stopAll(Fixture business, List<TouchDue> touches, Random offsets) {
    int from = 0;
    while (from < touches.size()) {
      int to = Math.min(touches.size(), from + 1 + offsets.nextInt(5));
      List<TouchDue> some = touches.subList(from, to);
      LockSupport.parkNanos(offsets.nextInt(4_000_000));
      tenancy.asWorker(
          () ->
              stopped.add(
                  some.stream()
                      .map(t -> new Stop(business.id, t.getEnrollmentId(), "owner_stopped", NOON))
                      .toList()));
      barrier.pass();
      long now = System.nanoTime();
      some.forEach(touch -> acknowledged.put(touch.getTouchId(), now));
      claimedAtAcknowledgement.addAll(claimed(some));
      from = to;
    }
  }

  private static List<List<TouchDue>> batches(List<TouchDue> touches, Random random) {
    List<TouchDue> order = shuffled(touches, random);
    List<List<TouchDue>> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += IN_A_BATCH) {
      batches.add(order.subList(from, Math.min(order.size(), from + IN_A_BATCH)));
    }
    return batches;
  }

  private static List<TouchDue> shuffled(List<TouchDue> touches, Random random) {
    List<TouchDue> order = new ArrayList<>(touches);
    Collections.shuffle(order, random);
    return order;
  }

  private Set<UUID> claimed(List<TouchDue> touches) {
    return tenancy.asWorker(
        () ->
            new HashSet<>(
                jdbc.sql(
                        """
                        SELECT touch_id FROM touches
                        WHERE business_id = :business AND touch_id = ANY (:touches::uuid[]) AND state = 'claimed'
                        """)
                    .param("business", touches.getFirst().getBusinessId())
                    .param(
                        "touches",
                        touches.stream()
                            .map(touch -> touch.getTouchId().toString())
                            .toArray(String[]::new))
                    .query(UUID.class)
                    .list()));
  }
}
