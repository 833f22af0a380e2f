package dev.aftertouch.service.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundLoopTest {
  private final AtomicInteger rounds = new AtomicInteger();

  @Test
  void goesOnAtOnceWhileThereIsWork() {
    BackgroundLoop loop =
        new BackgroundLoop("busy", Duration.ofHours(1), () -> rounds.incrementAndGet() < 100);

    loop.start();

    await().untilAtomic(rounds, org.hamcrest.Matchers.equalTo(100));
    loop.stop();
  }

  @Test
  void wakesFromItsIdleTime() {
    BackgroundLoop loop =
        new BackgroundLoop("idle", Duration.ofHours(1), () -> rounds.incrementAndGet() < 0);
    loop.start();
    await().untilAtomic(rounds, org.hamcrest.Matchers.equalTo(1));

    loop.wake();

    await().untilAtomic(rounds, org.hamcrest.Matchers.equalTo(2));
    loop.stop();
  }

  @Test
  void outlivesARoundThatFails() {
    BackgroundLoop loop =
        new BackgroundLoop(
            "failing",
            Duration.ofMillis(1),
            () -> {
              if (rounds.incrementAndGet() < 3) {
                throw new IllegalStateException("the broker is away");
              }
              return false;
            });

    loop.start();

    await().until(() -> rounds.get() >= 3);
    loop.stop();
    assertThat(loop.isRunning()).isFalse();
  }
}
