package dev.aftertouch.benchmarks;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.local.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;

/** Due rows claimed and published with acknowledgement; nobody consumes them. */
final class TimersRun {
  private final Benchmarks.Size size;

  TimersRun(Benchmarks.Size size) {
    this.size = size;
  }

  Figures measure() throws Exception {
    try (Bed bed = Bed.start(EnumSet.of(Service.ENROLLMENT), size.postgresSettings())) {
      Instant dawn = bed.now();
      Instant warmUpDue = dawn.plus(Duration.ofMinutes(50));
      Instant measuredDue = dawn.plus(Duration.ofMinutes(60));
      bed.enroll(size, warmUpDue, measuredDue);

      bed.jump(warmUpDue);
      bed.awaitSize(Topics.TOUCHES_DUE, size.warmUp);
      bed.tidy();

      Bed.Reading before = bed.read();
      bed.jump(measuredDue);
      long started = System.nanoTime();
      bed.awaitSize(Topics.TOUCHES_DUE, size.warmUp + (long) size.touches);
      double seconds = (System.nanoTime() - started) / 1e9;
      Bed.Reading after = bed.read();
      boolean reconciled =
          bed.topics().size(Topics.TOUCHES_DUE) == size.warmUp + (long) size.touches;
      return bed.figures(size, seconds, null, before, after, bed.conditions(size), reconciled);
    }
  }
}
