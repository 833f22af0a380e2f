package dev.aftertouch.benchmarks;

import dev.aftertouch.local.system.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * Facts of finished touches from their topics to the projections, analytics-service alone; then
 * what its readers wait for. The facts lie in the topics before it may read them.
 */
@Command(name = "analytics", description = "Facts folded into the projections, and asking them.")
final class AnalyticsRun implements Callable<Integer> {
  private static final int CALLS = 200;

  private static final FinishedTouches.Days EARLIER = new FinishedTouches.Days(40, 24);
  private static final FinishedTouches.Days MEASURED = new FinishedTouches.Days(24, 8);

  /** Enrollments whose facts the generator holds at once, to put them in order. */
  private static final int HELD = 20_000;

  /** With rows of other tables, indexes and the log in front of them. */
  private static final long BYTES_PER_FACT = 500;

  @Option(
      names = "--facts",
      defaultValue = "200000",
      description = "Facts measured (default ${DEFAULT-VALUE}).")
  private int facts;

  @Option(
      names = "--warm-up",
      defaultValue = "1000000",
      description = "Facts before them, not measured (default ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--stored",
      defaultValue = "0",
      description =
          "Facts in the projections when the questions are asked, the rest of them put there by SQL (default: none).")
  private long stored;

  @Option(
      names = "--businesses",
      defaultValue = "50",
      description =
          "Businesses that share them, the first with half of them (default ${DEFAULT-VALUE}).")
  private int businesses;

  @Option(
      names = "--lanes",
      defaultValue = "1",
      description =
          "Consumers of the service, as aftertouch.analytics.lanes (default ${DEFAULT-VALUE}).")
  private int lanes;

  @Option(
      names = "--profile",
      description =
          "Directory for a profile of the measured part: statements, tables, methods. It costs a few percent.")
  private @Nullable Path profiled;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    AnalyticsFigures figures = measure();
    figures.print(json);
    return figures.reconciled() ? 0 : 1;
  }

  private AnalyticsFigures measure() throws Exception {
    int before = warmUp / FinishedTouches.FACTS;
    int measured = facts / FinishedTouches.FACTS;
    int copies = copies(before + measured);
    try (Bed bed =
            Bed.start(
                EnumSet.of(Service.GATEWAY, Service.ANALYTICS),
                profiled == null ? Map.of() : Profile.POSTGRES,
                Map.of(
                    Service.ANALYTICS,
                    Map.of("aftertouch.analytics.lanes", Integer.toString(lanes))));
        KafkaProducer<String, Object> producer = bed.topics().producer()) {
      FinishedTouches touches =
          new FinishedTouches(new Publishing(producer), businesses, bed.now());
      touches.publishBusinesses(new Workload(businesses).settings());
      for (int from = 0; from < before; from += HELD) {
        touches.publish(from, Math.min(HELD, before - from), EARLIER);
      }
      awaitFolded(bed, before);
      bed.tidy();
      bed.checkpoint();

      Profile profile = profiled == null ? null : bed.profile(profiled);
      if (profile != null) {
        profile.begin();
      }
      long freezing = System.nanoTime();
      bed.freeze(Service.ANALYTICS);
      touches.publish(before, measured, MEASURED);
      Bed.Reading start = bed.read();
      long started = System.nanoTime();
      bed.thaw(Service.ANALYTICS);
      bed.awaitLevel();
      double seconds = (System.nanoTime() - started) / 1e9;
      Bed.Reading end = bed.read();
      if (profile != null) {
        profile.end();
      }
      Bed.Cost cost = end.since(start, measured * FinishedTouches.FACTS);

      Map<String, Object> conditions = bed.machine();
      conditions.put("facts", measured * FinishedTouches.FACTS);
      conditions.put("warm_up", before * FinishedTouches.FACTS);
      conditions.put("businesses", businesses);
      conditions.put("lanes", lanes);
      conditions.put("frozen_seconds", (started - freezing) / 1e9);
      if (copies > 0) {
        try (Connection connection = bed.connect(Service.ANALYTICS)) {
          conditions.put("stored", StoredFacts.multiply(connection, before + measured, copies));
        }
      }
      bed.tidy();
      try (Questions questions = new Questions(bed.gateway())) {
        boolean reconciled =
            reconciles(
                bed,
                (before + measured) * (copies + 1L),
                times(touches.expectedOfAsked(), copies + 1),
                questions,
                conditions);
        return new AnalyticsFigures(
            measured * FinishedTouches.FACTS / seconds,
            cost.cpuUs(),
            cost.rows(),
            cost.walBytes(),
            ask(questions, (before + measured) * (copies + 1)),
            bed.memoryMb(),
            bed.topics().lags(),
            conditions,
            reconciled);
      }
    }
  }

  /** How many copies of each enrollment make the facts that are wanted. */
  private int copies(int enrollments) throws IOException {
    long own = enrollments * (long) FinishedTouches.FACTS;
    long copies = Math.max(0, Math.ceilDiv(stored - own, own));
    long needed = copies * own * BYTES_PER_FACT;
    long room = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir"))).getUsableSpace();
    if (needed > room) {
      throw new IllegalArgumentException(
          "%,d facts need %,d GB; there are %,d GB free. Ask for fewer with --stored."
              .formatted(stored, needed / 1_000_000_000, room / 1_000_000_000));
    }
    return Math.toIntExact(copies);
  }

  private static Map<String, Long> times(Map<String, Long> counts, long factor) {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((measure, count) -> all.put(measure, count * factor));
    return all;
  }

  /** All partitions have been read from, so that from here on a lag of 0 means all is folded. */
  private static void awaitFolded(Bed bed, int enrollments) throws Exception {
    bed.awaitRows(Service.ANALYTICS, "timeline_lines", enrollments * (long) FinishedTouches.FACTS);
    bed.awaitLevel();
  }

  private static Map<String, Questions.Times> ask(Questions questions, int enrollments)
      throws IOException, InterruptedException {
    Map<String, Questions.Times> times = new LinkedHashMap<>();
    times.put(
        "campaign",
        questions.time(CALLS, i -> "/api/analytics/campaigns/" + FinishedTouches.campaign(0)));
    times.put("overview", questions.time(CALLS, i -> "/api/analytics/overview"));
    times.put(
        "timeline",
        questions.time(
            CALLS,
            i ->
                "/api/enrollments/%s/timeline"
                    .formatted(FinishedTouches.enrollment(i * 7919 % (enrollments / 2) * 2))));
    return times;
  }

  private static boolean reconciles(
      Bed bed,
      long enrollments,
      Map<String, Long> expected,
      Questions questions,
      Map<String, Object> conditions)
      throws IOException, InterruptedException, SQLException {
    JsonNode campaign =
        questions.ask("/api/analytics/campaigns/" + FinishedTouches.campaign(0)).path("campaign");
    Map<String, Long> told = new TreeMap<>();
    expected.keySet().forEach(measure -> told.put(measure, campaign.path(measure).asLong()));
    long inTimelines = bed.count(Service.ANALYTICS, "timeline_lines");
    conditions.put("facts_in_timelines", inTimelines);
    conditions.put("campaign", told);
    return inTimelines == enrollments * FinishedTouches.FACTS && told.equals(expected);
  }
}
