package dev.aftertouch.sandbox.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
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

  private static void write(Path file, long writtenAt, String text) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(writtenAt * 10_000));
  }
}
