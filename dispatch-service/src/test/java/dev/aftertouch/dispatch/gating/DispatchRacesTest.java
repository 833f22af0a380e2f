package dev.aftertouch.dispatch.gating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.sending.ProviderAnswer;
import dev.aftertouch.dispatch.settling.Flight;
import dev.aftertouch.dispatch.settling.SettleTouches;
import dev.aftertouch.dispatch.settling.SettleTouches.Ended;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.kafka.TryAgainException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DispatchRacesTest extends DispatchGround {
  @Autowired private DispatchTouches dispatch;
  @Autowired private DecideTouches decide;
  @Autowired private SettleTouches settle;

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

  /** Who was paused in between has not handed it over, but the sweeper may be doing so. */
  @Test
  void releasesNoClaimWhoseLeaseIsOver() {
    Fixture business = business();
    TouchDue mail = business.mail(business.customer());
    Flight flight = decide.decide(List.of(mail), NOON).flight();
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    UPDATE touches SET claimed_at = now() - interval '2 minutes', deadline = now() + interval '40 seconds'
                    WHERE business_id = :business
                    """)
                .param("business", business.id)
                .update());

    settle.settle(
        flight,
        List.of(
            new Ended(flight.claims().getFirst(), new ProviderAnswer.NotHandedOver("deadline"))));

    assertThat(stateOf(business.id, mail.getTouchId())).isEqualTo("claimed/allowed");
    assertThat(outcomesOf(business.id)).isEmpty();
    assertThat(flightsOf(business.id)).isEqualTo(1);
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
}
