package dev.aftertouch.service.retention;

import dev.aftertouch.service.retention.Keeping.Dated;
import dev.aftertouch.service.retention.Keeping.Walked;
import dev.aftertouch.service.tenancy.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes what is older than its keep. A round is one bounded transaction for each kind of row, so
 * the rate is bounded too, and nobody waits long for a row. Of several instances one works on a
 * kind at a time (advisory lock); after a crash the work goes on wherever it finds something.
 */
public final class Retention {
  private final Tenancy tenancy;
  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final RetentionPace pace;
  private final List<Keeping> kept;

  /** The last key seen, by kind; none at the beginning. */
  private final Map<String, List<Object>> walks = new HashMap<>();

  /** When the kind is looked at again, by {@link System#nanoTime}. */
  private final Map<String, Long> resting = new HashMap<>();

  /** Keeps that and nothing else in mind. */
  public Retention(
      Tenancy tenancy,
      JdbcClient jdbc,
      InstantSource clock,
      MeterRegistry meters,
      RetentionPace pace,
      List<Keeping> kept) {
    this.tenancy = tenancy;
    this.jdbc = jdbc;
    this.clock = clock;
    this.meters = meters;
    this.pace = pace;
    this.kept = List.copyOf(kept);
  }

  /** One step for each kind of row that is not resting; never asks for another at once. */
  public synchronized boolean round() {
    for (Keeping keeping : kept) {
      Long until = resting.get(keeping.name());
      if (until == null || System.nanoTime() - until >= 0) {
        boolean more = step(keeping);
        if (more) {
          resting.remove(keeping.name());
        } else {
          resting.put(keeping.name(), System.nanoTime() + pace.every().toNanos());
        }
      }
    }
    return false;
  }

  /** All steps of one pass over every kind of row. */
  public synchronized void pass() {
    for (Keeping keeping : kept) {
      walks.remove(keeping.name());
      boolean more = true;
      while (more) {
        more = step(keeping);
      }
    }
  }

  /** Tells whether there may be more. */
  private boolean step(Keeping keeping) {
    Instant before = clock.instant().minus(keeping.keep());
    return tenancy.asWorker(
        () ->
            isMine(keeping)
                && switch (keeping) {
                  case Dated dated -> remove(dated, before) == pace.batch();
                  case Walked walked -> walk(walked, before);
                });
  }

  private boolean isMine(Keeping keeping) {
    return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('retention/' || :name, 0))")
        .param("name", keeping.name())
        .query(Boolean.class)
        .single();
  }

  private int remove(Dated dated, Instant before) {
    int removed =
        jdbc.sql(dated.sql())
            .param("before", before.atOffset(ZoneOffset.UTC))
            .param("batch", pace.batch())
            .update();
    count(dated, removed);
    return removed;
  }

  private boolean walk(Walked walked, Instant before) {
    List<Object> from = walks.getOrDefault(walked.name(), List.of());
    List<Object> last = new ArrayList<>();
    JdbcClient.StatementSpec step = jdbc.sql(sql(walked, from.isEmpty()));
    for (int i = 0; i < from.size(); i++) {
      step = step.param("from" + i, from.get(i));
    }
    step.param("before", before.atOffset(ZoneOffset.UTC))
        .param("batch", pace.batch())
        .query(
            row -> {
              count(walked, row.getInt("removed"));
              for (String column : walked.key()) {
                last.add(row.getObject(column));
              }
            });
    if (last.isEmpty()) {
      walks.remove(walked.name());
      return false;
    }
    walks.put(walked.name(), List.copyOf(last));
    return true;
  }

  /** The last key of the step's rows with the number of rows that were old; no row at the end. */
  private static String sql(Walked walked, boolean first) {
    String key = String.join(", ", walked.key());
    String from =
        first
            ? ""
            : IntStream.range(0, walked.key().size())
                .mapToObj(i -> ":from" + i)
                .collect(Collectors.joining(", ", "WHERE (" + key + ") > (", ")"));
    String same =
        walked.key().stream()
            .map(column -> "page." + column + " = " + walked.table() + "." + column)
            .collect(Collectors.joining(" AND "));
    String source = walked.action().startsWith("DELETE") ? "USING" : "FROM";
    return """
        WITH page AS MATERIALIZED (
          SELECT %1$s, %2$s AS page_time FROM %3$s %4$s ORDER BY %1$s LIMIT :batch),
        gone AS (%5$s %6$s page WHERE %7$s AND page.page_time < :before RETURNING 1)
        SELECT %1$s, (SELECT count(*) FROM gone) AS removed FROM page ORDER BY %8$s LIMIT 1
        """
        .formatted(
            key,
            walked.time(),
            walked.table(),
            from,
            walked.action(),
            source,
            same,
            walked.key().stream()
                .map(column -> column + " DESC")
                .collect(Collectors.joining(", ")));
  }

  private void count(Keeping keeping, int rows) {
    if (rows > 0) {
      meters.counter("aftertouch.retention.rows", "kind", keeping.name()).increment(rows);
    }
  }
}
