package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.gating.GateReadings.Read;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.kafka.TryAgainException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A touch may overtake the customer, business or version that it names, since these come by other
 * topics. Its batch then waits, but not for ever: what never comes must not block a partition.
 */
final class ReplicaPatience {
  private final long patienceNanos;
  private final Map<UUID, Long> waitingSince = new ConcurrentHashMap<>();

  ReplicaPatience(Duration patience) {
    this.patienceNanos = patience.toNanos();
  }

  /** Throws {@link TryAgainException} while a touch of the batch has reason to wait. */
  void await(List<TouchDue> due, Read read) {
    long now = System.nanoTime();
    UUID waiting = null;
    for (TouchDue touch : due) {
      if (!read.isComplete(touch)) {
        long since = waitingSince.computeIfAbsent(touch.getTouchId(), ignored -> now);
        if (now - since < patienceNanos) {
          waiting = touch.getTouchId();
        }
      }
    }
    if (waiting != null) {
      throw new TryAgainException(
          "Touch " + waiting + " names a customer, business or version that has not arrived yet");
    }
    if (!waitingSince.isEmpty()) {
      due.forEach(touch -> waitingSince.remove(touch.getTouchId()));
    }
  }
}
