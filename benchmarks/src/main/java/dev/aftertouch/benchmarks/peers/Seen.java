package dev.aftertouch.benchmarks.peers;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the no-op handler notes: how often each timer fired. Static, because Quartz and JobRunr make
 * their handlers themselves; one process measures one peer.
 */
public final class Seen {
  private static final AtomicInteger calls = new AtomicInteger();
  private static final AtomicLong firstAt = new AtomicLong();
  private static volatile AtomicIntegerArray times = new AtomicIntegerArray(0);

  private Seen() {}

  /** Forgets everything; timers are numbered below the given bound. */
  static void reset(int bound) {
    times = new AtomicIntegerArray(bound);
    calls.set(0);
    firstAt.set(0);
  }

  /** The handler. */
  public static void note(Integer timer) {
    times.incrementAndGet(timer);
    if (calls.incrementAndGet() == 1) {
      firstAt.set(System.nanoTime());
    }
  }

  static int calls() {
    return calls.get();
  }

  /** When the first timer fired, as {@link System#nanoTime} tells it. */
  static long firstAtNanos() {
    return firstAt.get();
  }

  static long distinct(int from, int count) {
    return java.util.stream.IntStream.range(from, from + count)
        .filter(timer -> times.get(timer) > 0)
        .count();
  }

  /** Timers that fired more than once. */
  static long twice(int from, int count) {
    return java.util.stream.IntStream.range(from, from + count)
        .filter(timer -> times.get(timer) > 1)
        .count();
  }
}
