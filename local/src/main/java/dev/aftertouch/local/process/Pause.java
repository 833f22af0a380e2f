package dev.aftertouch.local.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for something that another process does, in real time. */
public final class Pause {
  private Pause() {}

  /** About 25 ms. */
  public static void briefly() {
    LockSupport.parkNanos(Duration.ofMillis(25).toNanos());
  }

  /** Asks again and again until it is true; false when the time is over first. */
  public static boolean until(Duration atMost, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return true;
  }
}
