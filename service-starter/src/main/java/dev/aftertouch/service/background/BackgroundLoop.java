package dev.aftertouch.service.background;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does a piece of work again and again while the application runs: at once after a round that found
 * work, else after the idle time (real time) or a {@link #wake()}. A round that throws is logged
 * and tried again after a growing pause of at most five seconds, so that the loop outlives a broker
 * or database that is away. Stopping waits for the round in progress.
 */
public final class BackgroundLoop implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(BackgroundLoop.class);
  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

  private final String name;
  private final Duration idle;
  private final BooleanSupplier round;
  private volatile @Nullable Thread thread;
  private volatile boolean running;

  /**
   * @param round does one round and tells whether there may be more to do at once
   */
  public BackgroundLoop(String name, Duration idle, BooleanSupplier round) {
    this.name = name;
    this.idle = idle;
    this.round = round;
  }

  @Override
  public synchronized void start() {
    running = true;
    thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
  }

  /** Begins the next round now. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  private void loop() {
    int failures = 0;
    while (running) {
      try {
        boolean more = round.getAsBoolean();
        failures = 0;
        if (!more && running) {
          LockSupport.parkNanos(idle.toNanos());
        }
      } catch (RuntimeException failure) {
        if (running) {
          log.warn("{}: a round failed and will be tried again", name, failure);
          LockSupport.parkNanos(
              Math.min(LONGEST_PAUSE_NANOS, idle.toNanos() << Math.min(failures++, 10)));
        }
      }
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    Thread stopping = thread;
    if (stopping != null) {
      LockSupport.unpark(stopping);
      try {
        stopping.join(Duration.ofSeconds(20));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
