package dev.aftertouch.benchmarks;

import dev.aftertouch.local.infrastructure.Infrastructure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a measured part goes: statements of PostgreSQL with rows by table, and samples
 * of every JVM by JDK Flight Recorder. Written to a directory; recording costs a few percent, so
 * the figures of such a run are not for quoting.
 */
final class Profile {
  /** Settings with which PostgreSQL must have been started. */
  static final Map<String, String> POSTGRES =
      Map.of(
          "shared_preload_libraries", "pg_stat_statements",
          "pg_stat_statements.track_planning", "on",
          "compute_query_id", "on");

  private static final int METHODS = 120;

  private final Infrastructure infrastructure;
  private final Map<String, Long> pids;
  private final Path directory;
  private final Map<String, Long> recorded = new HashMap<>();

  Profile(Infrastructure infrastructure, Map<String, Long> pids, Path directory) {
    this.infrastructure = infrastructure;
    this.pids = pids;
    this.directory = directory;
  }

  void begin() throws Exception {
    Files.createDirectories(directory);
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
      statement.execute("SELECT pg_stat_statements_reset()");
      for (String database : databases()) {
        try (Connection other = connect(database);
            Statement reset = other.createStatement()) {
          reset.execute("SELECT pg_stat_reset()");
        }
      }
    }
    for (Map.Entry<String, Long> process : pids.entrySet()) {
      if (process.getKey().endsWith("-service") || process.getKey().equals("provider-sandbox")) {
        jcmd(process.getValue(), "JFR.start", "name=bench", "settings=profile");
        recorded.put(process.getKey(), process.getValue());
      }
    }
  }

  void end() throws Exception {
    for (Map.Entry<String, Long> process : recorded.entrySet()) {
      Path file = directory.resolve(process.getKey() + ".jfr");
      jcmd(process.getValue(), "JFR.stop", "name=bench", "filename=" + file);
      Files.write(directory.resolve(process.getKey() + ".txt"), methods(file));
    }
    Files.write(directory.resolve("statements.txt"), statements());
    Files.write(directory.resolve("tables.txt"), tables());
  }

  private static void jcmd(long pid, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(pid));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("Recording could not be switched: " + said);
    }
  }

  /** Share of the samples by thread, and of the methods that they were in, callers included. */
  private static List<String> methods(Path recording) throws IOException {
    Map<String, Integer> threads = new HashMap<>();
    Map<String, Integer> methods = new HashMap<>();
    int samples = 0;
    try (RecordingFile events = new RecordingFile(recording)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        if (!event.getEventType().getName().equals("jdk.ExecutionSample")
            || event.getStackTrace() == null) {
          continue;
        }
        samples++;
        var thread = event.getThread("sampledThread");
        String name = thread == null ? null : thread.getJavaName();
        threads.merge(name == null ? "?" : name.replaceAll("\\d+", "#"), 1, Integer::sum);
        Set<String> seen = new HashSet<>();
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
          seen.add(frame.getMethod().getType().getName() + "." + frame.getMethod().getName());
        }
        seen.forEach(method -> methods.merge(method, 1, Integer::sum));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(samples + " samples; by thread:");
    lines.addAll(ranked(threads, samples, 20));
    lines.add("by method, callers included:");
    lines.addAll(ranked(methods, samples, METHODS));
    return lines;
  }

  private static List<String> ranked(Map<String, Integer> counts, int all, int longest) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(longest)
        .map(entry -> "%5.1f %% %s".formatted(100.0 * entry.getValue() / all, entry.getKey()))
        .toList();
  }

  private List<String> statements() throws SQLException {
    return query(
        "postgres",
        """
        SELECT format('%7s ms %6s calls %8s rows %6s ms planning %7s kB WAL %6s images  %s: %s',
                      round(total_exec_time), calls, rows, round(total_plan_time), wal_bytes / 1000, wal_fpi, d.datname,
                      left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 140))
        FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
        ORDER BY total_exec_time + total_plan_time DESC LIMIT 60
        """);
  }

  private List<String> tables() throws SQLException {
    Map<String, List<String>> byDatabase = new TreeMap<>();
    for (String database : databases()) {
      byDatabase.put(
          database,
          query(
              database,
              """
              SELECT format('%-12s %-24s %8s inserted %8s updated (%8s in their page) %8s deleted %8s by index',
                            current_database(), relname, n_tup_ins, n_tup_upd, n_tup_hot_upd, n_tup_del, idx_scan)
              FROM pg_stat_all_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 100 ORDER BY 1
              """));
    }
    return byDatabase.values().stream().flatMap(List::stream).toList();
  }

  private List<String> databases() throws SQLException {
    return query("postgres", "SELECT datname FROM pg_database WHERE NOT datistemplate");
  }

  private List<String> query(String database, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(infrastructure.postgresHost(), infrastructure.postgresPort(), database),
        "postgres",
        infrastructure.superuserPassword());
  }
}
