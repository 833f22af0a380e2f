package dev.aftertouch.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Quartz with its JDBC store, clustered, as its configuration reference gives it
 * (quartz-scheduler.org/documentation/quartz-2.3.0/configuration): the defaults, and batches of 20
 * with as many threads, for which the reference asks for acquiring within the lock. One durable
 * job, a simple trigger for each timer. The misfire threshold is a day in both, or triggers that
 * are a minute late would be rescheduled instead of fired.
 */
final class Quartz implements Peer {
  private static final String NAME = "peers";

  /** The job; a public class with a public constructor, as Quartz wants it. */
  public static final class NoOp implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      Seen.note(Integer.valueOf(context.getTrigger().getKey().getName()));
    }
  }

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final Map<String, String> settings;
  private @Nullable Scheduler running;

  private Quartz(DataSource dataSource, Map<String, String> settings) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
    this.settings = settings;
  }

  static Quartz byDefault(DataSource dataSource) {
    return new Quartz(dataSource, Map.of("org.quartz.threadPool.threadCount", "10"));
  }

  static Quartz batched(DataSource dataSource) {
    return new Quartz(
        dataSource,
        Map.of(
            "org.quartz.threadPool.threadCount", "20",
            "org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "20",
            "org.quartz.jobStore.acquireTriggersWithinLock", "true"));
  }

  @Override
  public void install() throws IOException, SQLException, SchedulerException {
    try (InputStream script =
            Scheduler.class.getResourceAsStream(
                "/org/quartz/impl/jdbcjobstore/tables_postgres.sql");
        Connection connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      if (script == null) {
        throw new IOException("Quartz came without its tables");
      }
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    DBConnectionManager.getInstance().addConnectionProvider(NAME, new Pool(dataSource));
    Scheduler scheduler = scheduler();
    scheduler.addJob(
        JobBuilder.newJob(NoOp.class).withIdentity("no-op").storeDurably().build(), true);
    scheduler.shutdown();
  }

  @Override
  public void seed(int from, int count) {
    jdbc.sql(
            """
            INSERT INTO qrtz_triggers
              (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time, prev_fire_time, priority,
               trigger_state, trigger_type, start_time, end_time, misfire_instr, job_data)
            SELECT :name, n::text, 'DEFAULT', 'no-op', 'DEFAULT', due.millis, -1, 5,
                   'WAITING', 'SIMPLE', due.millis, 0, 0, ''
            FROM generate_series(:from, :to) AS n
            CROSS JOIN (SELECT (extract(epoch FROM now() - interval '1 minute') * 1000)::bigint AS millis) AS due
            """)
        .param("name", NAME)
        .param("from", from)
        .param("to", from + count - 1)
        .update();
    jdbc.sql(
            """
            INSERT INTO qrtz_simple_triggers
              (sched_name, trigger_name, trigger_group, repeat_count, repeat_interval, times_triggered)
            SELECT :name, n::text, 'DEFAULT', 0, 0, 0 FROM generate_series(:from, :to) AS n
            """)
        .param("name", NAME)
        .param("from", from)
        .param("to", from + count - 1)
        .update();
  }

  @Override
  public void start() throws SchedulerException {
    Scheduler scheduler = scheduler();
    scheduler.start();
    running = scheduler;
  }

  private Scheduler scheduler() throws SchedulerException {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "org.quartz.scheduler.instanceName", NAME,
            "org.quartz.scheduler.instanceId", "AUTO",
            "org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool",
            "org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX",
            "org.quartz.jobStore.driverDelegateClass",
                "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate",
            "org.quartz.jobStore.isClustered", "true",
            "org.quartz.jobStore.dataSource", NAME,
            "org.quartz.jobStore.misfireThreshold", "86400000"));
    properties.putAll(settings);
    return new StdSchedulerFactory(properties).getScheduler();
  }

  @Override
  public boolean isDrained() {
    return jdbc.sql(
            """
            SELECT NOT EXISTS (SELECT FROM qrtz_triggers) AND NOT EXISTS (SELECT FROM qrtz_fired_triggers)
            """)
        .query(Boolean.class)
        .single();
  }

  @Override
  public void stop() throws SchedulerException {
    if (running != null) {
      running.shutdown(true);
    }
  }

  /** Lends Quartz our connections; they outlive each of its schedulers. */
  private record Pool(DataSource dataSource) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
      return dataSource.getConnection();
    }

    @Override
    public void initialize() {}

    @Override
    public void shutdown() {}
  }
}
