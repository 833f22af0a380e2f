package dev.aftertouch.sandbox.clock;

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
  @TempDir private Path folder;

  private final AtomicLong real = new AtomicLong(1_000_000);

  @Test
  void isRealTimeWithoutAFile() {
    SharedClock clock = new SharedClock(() -> Instant.ofEpochMilli(real.get()), null);

    assertThat(clock.millis()).isEqualTo(1_000_000);
  }

  @Test
  void followsTheFileAndItsChanges() throws IOException {
    Path file = folder.resolve("clock.properties");
    write(file, 1, "real_origin=1000000\nvirtual_origin=5000000\nspeed=3600\n");
    SharedClock clock = new SharedClock(() -> Instant.ofEpochMilli(real.get()), file);

    assertThat(clock.millis()).isEqualTo(5_000_000);
    real.addAndGet(10);
    assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(5_036_000));

    write(file, 2, "real_origin=1000010\nvirtual_origin=5036000\nspeed=1\n");
    real.addAndGet(100);
    assertThat(clock.millis()).isEqualTo(5_036_100);
  }

  @Test
  void keepsItsLineWhileTheFileIsBrokenOrGone() throws IOException {
    Path file = folder.resolve("clock.properties");
    write(file, 1, "real_origin=1000000\nvirtual_origin=5000000\nspeed=2\n");
    SharedClock clock = new SharedClock(() -> Instant.ofEpochMilli(real.get()), file);
    clock.millis();

    write(file, 2, "real_origin=");
    real.addAndGet(100);
    assertThat(clock.millis()).isEqualTo(5_000_200);
    Files.delete(file);
    real.addAndGet(100);
    assertThat(clock.millis()).isEqualTo(5_000_400);
  }

  @Test
  void showsAJumpToAllWhoAskAtOnce() throws Exception {
    Path file = folder.resolve("clock.properties");
    write(file, 1, "real_origin=0\nvirtual_origin=0\nspeed=1\n");
    SharedClock clock = new SharedClock(() -> Instant.ofEpochMilli(real.get()), file);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (long jump = 1; jump <= 100; jump++) {
        write(
            file,
            1 + jump,
            "real_origin=0\nvirtual_origin=" + jump * 1_000_000_000 + "\nspeed=1\n");
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

  private static void write(Path file, long writtenAt, String text) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(writtenAt * 10_000));
  }
}
