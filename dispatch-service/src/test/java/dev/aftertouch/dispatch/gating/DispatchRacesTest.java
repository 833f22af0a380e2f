package dev.aftertouch.dispatch.gating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
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
}
