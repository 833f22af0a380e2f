package dev.aftertouch.benchmarks;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.local.system.Service;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * enrollment-service alone with timers that SQL put there, claimed and published with
 * acknowledgement. The records of touches-due carry the time at which the broker wrote them.
 */
final class TimerBed implements AutoCloseable {
  /** Real time from the jump of the clock until the first of an open loop is due. */
  private static final Duration RUN_UP = Duration.ofSeconds(2);

  private final Benchmarks.Size size;
  private final Bed bed;
  private final StoredTimers timers;

  private TimerBed(Benchmarks.Size size, Bed bed, StoredTimers timers) {
    this.size = size;
    this.bed = bed;
    this.timers = timers;
  }

  static TimerBed start(Benchmarks.Size size) throws Exception {
    Bed bed = Bed.start(EnumSet.of(Service.ENROLLMENT), size.postgresSettings());
    try {
      bed.topics().stampOnArrival(Topics.TOUCHES_DUE);
      return new TimerBed(size, bed, StoredTimers.of(bed, size.businesses));
    } catch (Exception failed) {
      bed.close();
      throw failed;
    }
  }

  Benchmarks.Size size() {
    return size;
  }

  Bed bed() {
    return bed;
  }

  StoredTimers timers() {
    return timers;
  }

  /** A whole minute that is soon, but not before what is added now has been tidied. */
  Instant soon() {
    return bed.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MINUTES);
  }

  /** Claims as many as the warm-up asks for, all due at once. */
  void warmUp() throws Exception {
    drain("warm-up", size.warmUp);
  }

  /** So many due at once, claimed and published. */
  TimerFigures.Run drain(String name, int touches) throws Exception {
    Instant due = soon();
    timers.add(touches, due, Duration.ZERO);
    bed.tidy();
    bed.checkpoint();
    Map<TopicPartition, Long> from = bed.topics().ends(Topics.TOUCHES_DUE);
    Bed.Reading before = bed.read();
    bed.jump(due);
    long started = System.nanoTime();
    bed.awaitSize(Topics.TOUCHES_DUE, sum(from) + touches);
    double seconds = (System.nanoTime() - started) / 1e9;
    Bed.Cost cost = bed.read().since(before, touches);
    PublishedTouches published = PublishedTouches.read(bed, from, 0);
    return TimerFigures.Run.of(
        name,
        touches,
        seconds,
        null,
        cost,
        Map.of(),
        published.distinct() == touches && published.repeats() == 0);
  }

  /**
   * So many a second for so long, in an open loop: they fall due whether or not the earlier ones
   * have been claimed.
   *
   * @param held whether another session holds a transaction open meanwhile, with a snapshot and an
   *     id, so that no row that dies can be vacuumed
   */
  TimerFigures.Run openLoop(int perSecond, int seconds, boolean held) throws Exception {
    int touches = perSecond * seconds;
    Instant due = soon();
    timers.add(touches, due, Duration.ofSeconds(seconds));
    bed.tidy();
    Map<TopicPartition, Long> from = bed.topics().ends(Topics.TOUCHES_DUE);
    try (Connection other = bed.connect(Service.ENROLLMENT)) {
      if (held) {
        holdOpen(other);
      }
      Bed.Reading before = bed.read();
      long ahead = jump(due.minus(RUN_UP));
      long started = System.nanoTime();
      bed.awaitSize(Topics.TOUCHES_DUE, sum(from) + touches);
      double took = (System.nanoTime() - started) / 1e9 - RUN_UP.toSeconds();
      Bed.Cost cost = bed.read().since(before, touches);
      PublishedTouches published = PublishedTouches.read(bed, from, ahead);
      Map<String, Object> found = new LinkedHashMap<>();
      found.put("due_per_second", perSecond);
      found.put("transaction_held_open", held);
      found.put("by_ten_seconds", published.slices());
      found.put("dead_rows_at_end", timers.deadRows());
      return TimerFigures.Run.of(
          perSecond + " a second" + (held ? ", a transaction held open" : ""),
          touches,
          took,
          published.lateness(),
          cost,
          found,
          published.distinct() == touches && published.repeats() == 0);
    }
  }

  /** Puts the clock there. Returns how many milliseconds it is ahead of the real one from then. */
  long jump(Instant to) {
    bed.jump(to);
    return bed.now().toEpochMilli() - System.currentTimeMillis();
  }

  static long sum(Map<TopicPartition, Long> ends) {
    return ends.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void holdOpen(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_current_xact_id()");
    }
  }

  @Override
  public void close() throws Exception {
    timers.close();
    bed.close();
  }
}
