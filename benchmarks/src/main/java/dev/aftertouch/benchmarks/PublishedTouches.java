package dev.aftertouch.benchmarks;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/**
 * What was published to touches-due: which rounds of which touches, and when the broker wrote each.
 * The first telling of a round counts; the others are counted as repeats.
 */
final class PublishedTouches {
  private static final long SLICE = 10_000;

  private record Round(UUID touch, int round) {}

  /**
   * Ten seconds of a run.
   *
   * @param perSecond touches that fell due in them, per second
   */
  record Slice(double perSecond, Figures.Lateness latenessMs) {}

  private final Set<Round> rounds = new HashSet<>();
  private final TreeSet<Long> times = new TreeSet<>();
  private final TreeMap<Long, Longs> lateness = new TreeMap<>();
  private long repeats;

  /** Numbers one after another. */
  private static final class Longs {
    private long[] values = new long[4];
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    long[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }

  /**
   * Reads all from those offsets on.
   *
   * @param ahead how many milliseconds the virtual clock is ahead of the real one
   */
  static PublishedTouches read(Bed bed, Map<TopicPartition, Long> from, long ahead)
      throws InterruptedException {
    PublishedTouches published = new PublishedTouches();
    bed.topics()
        .readRecords(
            Topics.TOUCHES_DUE,
            from,
            record -> published.note((TouchDue) record.value(), record.timestamp(), ahead));
    return published;
  }

  void note(TouchDue touch, long writtenAt, long ahead) {
    times.add(writtenAt);
    if (!rounds.add(new Round(touch.getTouchId(), touch.getRound()))) {
      repeats++;
      return;
    }
    long due = touch.getDueAt().toEpochMilli() - ahead;
    lateness.computeIfAbsent(due, first -> new Longs()).add(Math.max(0, writtenAt - due));
  }

  int distinct() {
    return rounds.size();
  }

  /** Tellings of rounds that had been told. */
  long repeats() {
    return repeats;
  }

  Figures.Lateness lateness() {
    return lateness(lateness);
  }

  /** By ten seconds of due time, beginning with 0. */
  Map<Long, Slice> slices() {
    Map<Long, Slice> slices = new LinkedHashMap<>();
    if (lateness.isEmpty()) {
      return slices;
    }
    long first = lateness.firstKey();
    for (long from = first; from <= lateness.lastKey(); from += SLICE) {
      Map<Long, Longs> part = lateness.subMap(from, from + SLICE);
      long touches = part.values().stream().mapToLong(values -> values.size).sum();
      slices.put((from - first) / 1000, new Slice(touches * 1000.0 / SLICE, lateness(part)));
    }
    return slices;
  }

  /** Real milliseconds from a moment to the next record. */
  long nextAfter(long moment) {
    Long next = times.ceiling(moment);
    if (next == null) {
      throw new IllegalStateException("Nothing was published after " + moment);
    }
    return next - moment;
  }

  private static Figures.Lateness lateness(Map<Long, Longs> part) {
    return Figures.Lateness.of(
        part.values().stream().flatMapToLong(values -> Arrays.stream(values.toArray())).toArray());
  }
}
