package dev.aftertouch.service.time;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedClockTest {
  @TempDir Path folder;
  private final AtomicLong real = new AtomicLong(1_000_000);

  @Test
  void runsAtTheSpeedOfTheFile() throws IOException {
    SharedClock clock = clock("real_origin=1000000\nvirtual_origin=5000000\nspeed=3600");

    real.addAndGet(1_000);

    assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(5_000_000 + 3_600_000));
  }

  @Test
  void followsAChangeOfTheFileWithinATenthOfASecond() throws IOException {
    SharedClock clock = clock("real_origin=1000000\nvirtual_origin=5000000\nspeed=1");

    write("real_origin=1000000\nvirtual_origin=9000000\nspeed=1", 2);
    real.addAndGet(100);

    assertThat(clock.millis()).isEqualTo(9_000_100);
  }

  @Test
  void keepsTheLastGoodReadingWhileTheFileIsBroken() throws IOException {
    SharedClock clock = clock("real_origin=1000000\nvirtual_origin=5000000\nspeed=1");

    write("virtual_orig", 2);
    real.addAndGet(200);

    assertThat(clock.millis()).isEqualTo(5_000_200);
  }

  @Test
  void isRealTimeWithoutAFile() {
    SharedClock clock =
        new SharedClock(folder.resolve("absent"), () -> Instant.ofEpochMilli(real.get()));

    assertThat(clock.millis()).isEqualTo(1_000_000);
  }

  @Test
  void showsAJumpToAllWhoAskAtOnce() throws Exception {
    SharedClock clock = clock("real_origin=0\nvirtual_origin=0\nspeed=1");
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (long jump = 1; jump <= 100; jump++) {
        write("real_origin=0\nvirtual_origin=" + jump * 1_000_000_000 + "\nspeed=1", 1 + jump);
        real.addAndGet(100);
        CyclicBarrier together = new CyclicBarrier(4);
        List<CompletableFuture<Long>> answers =
            Stream.generate(
                    () -> CompletableFuture.supplyAsync(() -> ask(clock, together), threads))
                .limit(4)
                .toList();

        for (CompletableFuture<Long> answer : answers) {
          assertThat(answer.get(10, SECONDS)).isEqualTo(jump * 1_000_000_000 + real.get());
        }
      }
    }
  }

  private static long ask(InstantSource clock, CyclicBarrier together) {
    try {
      together.await(10, SECONDS);
      return clock.millis();
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private SharedClock clock(String text) throws IOException {
    write(text, 1);
    return new SharedClock(folder.resolve("clock"), () -> Instant.ofEpochMilli(real.get()));
  }

  private void write(String text, long stamp) throws IOException {
    Files.writeString(folder.resolve("clock"), text);
    Files.setLastModifiedTime(folder.resolve("clock"), FileTime.fromMillis(stamp));
  }
}
