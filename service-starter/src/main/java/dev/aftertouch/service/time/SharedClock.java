package dev.aftertouch.service.time;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;

/**
 * A clock that all services of a local system share through a file: virtual now = virtual_origin +
 * (real now - real_origin) * speed, the origins in epoch milliseconds. The file is looked at no
 * more than ten times a second of real time; a broken file keeps the last good clock.
 */
public final class SharedClock implements InstantSource {
  private static final long LOOK_EVERY_MILLIS = 100;

  private record Reading(long realOrigin, long virtualOrigin, double speed) {}

  private final Path file;
  private final InstantSource real;
  private volatile Reading reading;
  private long modified = -1;
  private volatile long lookedAt;

  /** Reads the file now; a missing file means real time. */
  public SharedClock(Path file, InstantSource real) {
    this.file = file;
    this.real = real;
    long now = real.millis();
    this.reading = new Reading(now, now, 1);
    look(now);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    long now = real.millis();
    if (now - lookedAt >= LOOK_EVERY_MILLIS) {
      look(now);
    }
    Reading r = reading;
    return r.virtualOrigin + Math.round((now - r.realOrigin) * r.speed);
  }

  /** Whoever asks while another thread looks waits for what it sees. */
  private synchronized void look(long now) {
    if (now - lookedAt < LOOK_EVERY_MILLIS) {
      return;
    }
    try {
      long stamp = Files.getLastModifiedTime(file).toMillis();
      if (stamp == modified) {
        return;
      }
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
      reading =
          new Reading(
              Long.parseLong(properties.getProperty("real_origin")),
              Long.parseLong(properties.getProperty("virtual_origin")),
              Double.parseDouble(properties.getProperty("speed")));
      modified = stamp;
    } catch (IOException | NumberFormatException | NullPointerException unreadable) {
      // Written this moment or absent: the last good reading holds, and the next look tries again.
      modified = -1;
    } finally {
      lookedAt = now;
    }
  }
}
