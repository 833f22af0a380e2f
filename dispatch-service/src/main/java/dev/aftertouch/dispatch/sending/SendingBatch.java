package dev.aftertouch.dispatch.sending;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The hand-overs of one batch. They begin one of each business in turn, so that nobody stands
 * behind another's flood, and as places become free: of the business, and of the batch. On the
 * sending loop only, except where it says otherwise.
 */
final class SendingBatch {
  /** Begins one hand-over and tells its answer once, on the sending loop. */
  interface Begin {
    /**
     * @param wanted whether anybody still waits for the answer
     */
    void begin(Parcel parcel, BooleanSupplier wanted, Consumer<ProviderAnswer> done);
  }

  /** What one business still has to hand over. It is in {@link #turns} while it could go on. */
  private static final class Lane {
    private final Deque<Integer> waiting = new ArrayDeque<>(4);
    private int places;

    Lane(int places) {
      this.places = places;
    }

    boolean canGoOn() {
      return places > 0 && !waiting.isEmpty();
    }
  }

  private final List<Parcel> parcels;
  private final Begin begin;
  private final AtomicReferenceArray<@Nullable ProviderAnswer> answers;
  private final CountDownLatch left;
  private final Deque<Lane> turns;
  private int places;
  private boolean advancing;
  private volatile boolean abandoned;

  SendingBatch(List<Parcel> parcels, int places, int placesOfBusiness, Begin begin) {
    this.parcels = parcels;
    this.places = places;
    this.begin = begin;
    this.answers = new AtomicReferenceArray<>(parcels.size());
    this.left = new CountDownLatch(parcels.size());
    Map<UUID, Lane> lanes = new LinkedHashMap<>();
    for (int i = 0; i < parcels.size(); i++) {
      lanes
          .computeIfAbsent(parcels.get(i).lane(), ignored -> new Lane(placesOfBusiness))
          .waiting
          .add(i);
    }
    this.turns = new ArrayDeque<>(lanes.values());
  }

  /** Begins whatever has a place. */
  void advance() {
    if (advancing) {
      // An answer came at once, from within the loop below, which goes on with the freed place.
      return;
    }
    advancing = true;
    while (places > 0 && !turns.isEmpty()) {
      Lane lane = turns.remove();
      int next = lane.waiting.remove();
      lane.places--;
      places--;
      if (lane.canGoOn()) {
        turns.add(lane);
      }
      begin(next, lane);
    }
    advancing = false;
  }

  private void begin(int next, Lane lane) {
    try {
      begin.begin(parcels.get(next), () -> !abandoned, answer -> answered(next, lane, answer));
    } catch (RuntimeException failure) {
      answered(next, lane, new ProviderAnswer.Unknown(failure.toString()));
    }
  }

  /** The first word counts: a hand-over that failed after its answer does not free two places. */
  private void answered(int index, Lane lane, ProviderAnswer answer) {
    if (!answers.compareAndSet(index, null, answer)) {
      return;
    }
    boolean stoodStill = !lane.canGoOn();
    lane.places++;
    places++;
    if (stoodStill && lane.canGoOn()) {
      turns.add(lane);
    }
    left.countDown();
    advance();
  }

  /**
   * Waits, on another thread than the loop's, until all have their answers. Since nothing begins
   * unless it ends before its deadline, that is until the last deadline; {@code slack} more is
   * granted. What has no answer then, or when the waiting is interrupted, does not begin any more.
   */
  void await(Duration slack) {
    long now = System.nanoTime();
    long last = parcels.stream().mapToLong(p -> p.deadlineNanos() - now).max().orElse(0);
    try {
      abandoned = !left.await(Math.max(0, last) + slack.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      abandoned = true;
      Thread.currentThread().interrupt();
    }
  }

  /** The answer to that hand-over; null while it has none. From any thread. */
  @Nullable ProviderAnswer answer(int index) {
    return answers.get(index);
  }
}
