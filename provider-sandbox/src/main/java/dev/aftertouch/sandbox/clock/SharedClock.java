package dev.aftertouch.sandbox.clock;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: {@code virtual_origin + (real now - real_origin) * speed}, read from a properties
 * file with {@code real_origin} and {@code virtual_origin} in epoch milliseconds. The file is
 * looked at again at most every 100 ms. Without a file, or while it is missing or unreadable, the
 * last known line holds; at first that is real time.
 */
public final class SharedClock implements InstantSource {
  private static final long LOOK_AGAIN_MILLIS = 100;

  private final InstantSource real;
  private final @Nullable Path file;
  private volatile long lookedAt;
  private volatile Line line = new Line(0, 0, 1.0, FileTime.fromMillis(0));

  private record Line(long realOrigin, long virtualOrigin, double speed, FileTime writtenAt) {
    long at(long realMillis) {
      return virtualOrigin + (long) ((realMillis - realOrigin) * speed);
    }
  }

  public SharedClock(InstantSource real, @Nullable Path file) {
    this.real = real;
    this.file = file;
  }

  /** Virtual time in epoch milliseconds. */
  @Override
  public long millis() {
    long now = real.millis();
    if (file != null && now - lookedAt >= LOOK_AGAIN_MILLIS) {
      lookAgain(file, now);
    }
    return line.at(now);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /** Real time in epoch milliseconds. */
  public long realMillis() {
    return real.millis();
  }

  /** Whoever asks while another thread looks waits for what it sees. */
  private synchronized void lookAgain(Path path, long now) {
    if (now - lookedAt < LOOK_AGAIN_MILLIS) {
      return;
    }
    try {
      FileTime writtenAt = Files.getLastModifiedTime(path);
      if (!writtenAt.equals(line.writtenAt())) {
        line = read(path, writtenAt);
      }
    } catch (IOException | IllegalArgumentException halfWrittenOrMissing) {
      // The last known line holds; the next look comes within 100 ms.
    } finally {
      lookedAt = now;
    }
  }

  private static Line read(Path path, FileTime writtenAt) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    }
    return new Line(
        Long.parseLong(properties.getProperty("real_origin", "")),
        Long.parseLong(properties.getProperty("virtual_origin", "")),
        Double.parseDouble(properties.getProperty("speed", "1.0")),
        writtenAt);
  }
}
