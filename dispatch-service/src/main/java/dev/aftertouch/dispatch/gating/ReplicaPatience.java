package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.gating.GateReadings.Read;
import dev.aftertouch.dispatch.replicas.Arrivals;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.kafka.ReplicaProgress.Ends;
import dev.aftertouch.service.kafka.TryAgainException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A touch may overtake the customer, business or version that it names, since these come by other
 * topics. Its batch then waits, but not for ever: what never comes must not block a partition. Time
 * alone does not tell, for a replica may be late by minutes: once patience is over, the replicas
 * must also have taken in all that had been published by then. What is missing then was never
 * published.
 */
final class ReplicaPatience {
  /**
   * A touch that waits.
   *
   * @param since {@link System#nanoTime}
   * @param published what must arrive before it is decided without; null while patience lasts
   * @param isOver all of that has arrived
   */
  private record Wait(long since, @Nullable Ends published, boolean isOver) {}

  private final long patienceNanos;
  private final Arrivals arrivals;
  private final Map<UUID, Wait> waiting = new ConcurrentHashMap<>();

  ReplicaPatience(Duration patience, Arrivals arrivals) {
    this.patienceNanos = patience.toNanos();
    this.arrivals = arrivals;
  }

  /**
   * Looks, before a batch is decided and outside of its transaction, whether what its touches wait
   * for may still come. Asks the broker only of touches whose patience is over.
   */
  void look(List<TouchDue> due) {
    if (waiting.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    Ends latest = null;
    Map<Ends, Boolean> arrived = new HashMap<>();
    for (TouchDue touch : due) {
      Wait wait = waiting.get(touch.getTouchId());
      if (wait == null || wait.isOver() || now - wait.since() < patienceNanos) {
        continue;
      }
      Ends published = wait.published();
      if (published == null) {
        latest = latest == null ? arrivals.published() : latest;
        published = latest;
      }
      boolean over = arrived.computeIfAbsent(published, arrivals::haveArrived);
      waiting.put(touch.getTouchId(), new Wait(wait.since(), published, over));
    }
  }

  /** Throws {@link TryAgainException} while a touch of the batch has reason to wait. */
  void await(List<TouchDue> due, Read read) {
    UUID missing = null;
    for (TouchDue touch : due) {
      if (!read.isComplete(touch)
          && !waiting
              .computeIfAbsent(
                  touch.getTouchId(), ignored -> new Wait(System.nanoTime(), null, false))
              .isOver()) {
        missing = touch.getTouchId();
      }
    }
    if (missing != null) {
      throw new TryAgainException(
          "Touch " + missing + " names a customer, business or version that has not arrived yet");
    }
    if (!waiting.isEmpty()) {
      due.forEach(touch -> waiting.remove(touch.getTouchId()));
    }
  }
}
