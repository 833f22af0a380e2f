package dev.aftertouch.local;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;

/**
 * The clock that all services of a local system share: virtual now = virtual_origin + (real now -
 * real_origin) * speed, the origins in epoch milliseconds. Services read a change within 100 ms.
 *
 * <p>Virtual time never runs backwards: a jump into the past is refused, a change of speed begins
 * at the present virtual time, and a system that comes up again goes on from where it was seen
 * last, or from real time if that is later. What it was seen at stands in a second file beside the
 * first.
 */
public final class ClockFile {
  private static final Duration SEEN_EVERY = Duration.ofSeconds(1);

  private final Path file;
  private final Path seen;
  private final InstantSource real;

  public ClockFile(Path file) {
    this(file, InstantSource.system());
  }

  ClockFile(Path file, InstantSource real) {
    this.file = file;
    this.seen = file.resolveSibling(file.getFileName() + ".seen");
    this.real = real;
  }

  private record Reading(long realOrigin, long virtualOrigin, double speed) {
    long at(long realMillis) {
      return virtualOrigin + Math.round((realMillis - realOrigin) * speed);
    }
  }

  public Path path() {
    return file;
  }

  /** Virtual now; real time where there is no file. */
  public Instant now() {
    return Instant.ofEpochMilli(read().at(real.millis()));
  }

  /** How many virtual seconds one real second takes; 1 where there is no file. */
  public double speed() {
    return read().speed();
  }

  /** Changes the speed from now on. */
  public synchronized void setSpeed(double speed) {
    if (!(speed >= 0 && speed <= 1_000_000)) {
      throw new IllegalArgumentException("The speed must be between 0 and 1,000,000: " + speed);
    }
    long now = real.millis();
    write(new Reading(now, read().at(now), speed));
  }

  /**
   * Moves virtual time to the given instant; it runs on from there.
   *
   * @throws IllegalArgumentException when that is in the virtual past
   */
  public synchronized void jumpTo(Instant instant) {
    Reading reading = read();
    long now = real.millis();
    if (instant.toEpochMilli() < reading.at(now)) {
      throw new IllegalArgumentException(
          instant + " is before the virtual now, " + Instant.ofEpochMilli(reading.at(now)));
    }
    write(new Reading(now, instant.toEpochMilli(), reading.speed()));
  }

  /** Moves virtual time forward. */
  public synchronized void advance(Duration by) {
    Reading reading = read();
    long now = real.millis();
    if (by.isNegative()) {
      throw new IllegalArgumentException("Time cannot be moved back: " + by);
    }
    write(new Reading(now, reading.at(now) + by.toMillis(), reading.speed()));
  }

  /**
   * Begins at the given virtual instant, whatever was before; for a system that has no data yet.
   */
  public synchronized void begin(Instant virtual, double speed) {
    write(new Reading(real.millis(), virtual.toEpochMilli(), speed));
    markSeen();
  }

  /**
   * Goes on after a pause at the given speed: from the last time seen, plus what may have passed
   * unseen, or from real time if that is later.
   */
  public synchronized void resume(double speed) {
    long now = real.millis();
    write(new Reading(now, Math.max(now, lastSeen()), speed));
    markSeen();
  }

  /**
   * Writes down the virtual time, so that {@link #resume} never falls behind it. Call it every
   * second.
   */
  public synchronized void markSeen() {
    Reading reading = read();
    double unseen = 2 * SEEN_EVERY.toMillis() * reading.speed();
    replace(seen, Long.toString(reading.at(real.millis()) + Math.round(unseen)));
  }

  private long lastSeen() {
    try {
      return Files.exists(seen) ? Long.parseLong(Files.readString(seen).strip()) : Long.MIN_VALUE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reading read() {
    try {
      if (!Files.exists(file)) {
        long now = real.millis();
        return new Reading(now, now, 1);
      }
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(file)));
      return new Reading(
          Long.parseLong(properties.getProperty("real_origin")),
          Long.parseLong(properties.getProperty("virtual_origin")),
          Double.parseDouble(properties.getProperty("speed")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Reading reading) {
    replace(
        file,
        "real_origin=%d%nvirtual_origin=%d%nspeed=%s%n"
            .formatted(reading.realOrigin(), reading.virtualOrigin(), reading.speed()));
  }

  /** By renaming, so that nobody reads half a file. */
  private static void replace(Path file, String content) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
