package dev.aftertouch.service.time;

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

  private SharedClock clock(String text) throws IOException {
    write(text, 1);
    return new SharedClock(folder.resolve("clock"), () -> Instant.ofEpochMilli(real.get()));
  }

  private void write(String text, long stamp) throws IOException {
    Files.writeString(folder.resolve("clock"), text);
    Files.setLastModifiedTime(folder.resolve("clock"), FileTime.fromMillis(stamp));
  }
}
