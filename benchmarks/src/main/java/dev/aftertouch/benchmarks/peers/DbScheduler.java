package dev.aftertouch.benchmarks.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * db-scheduler as github.com/kagkarlsson/db-scheduler describes it: its default polling, and the
 * {@code lock-and-fetch} of its docs/performance.md with the 50 threads and the limits 0.5 and 4.0
 * of the fastest row there. Tables as in its postgresql_tables.sql.
 */
final class DbScheduler implements Peer {
  private static final OneTimeTask<Void> TASK =
      Tasks.oneTime("no-op")
          .execute((instance, context) -> Seen.note(Integer.valueOf(instance.getId())));

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final UnaryOperator<SchedulerBuilder> settings;
  private @Nullable Scheduler running;

  private DbScheduler(DataSource dataSource, UnaryOperator<SchedulerBuilder> settings) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
    this.settings = settings;
  }

  static DbScheduler byDefault(DataSource dataSource) {
    return new DbScheduler(dataSource, builder -> builder);
  }

  static DbScheduler lockAndFetch(DataSource dataSource) {
    return new DbScheduler(
        dataSource, builder -> builder.threads(50).pollUsingLockAndFetch(0.5, 4.0));
  }

  @Override
  public void install() {
    jdbc.sql(
            """
            CREATE TABLE scheduled_tasks (
              task_name            text        NOT NULL,
              task_instance        text        NOT NULL,
              task_data            bytea,
              execution_time       timestamptz NOT NULL,
              picked               boolean     NOT NULL,
              picked_by            text,
              last_success         timestamptz,
              last_failure         timestamptz,
              consecutive_failures int,
              last_heartbeat       timestamptz,
              version              bigint      NOT NULL,
              priority             smallint,
              PRIMARY KEY (task_name, task_instance)
            )
            """)
        .update();
    jdbc.sql("CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)").update();
    jdbc.sql("CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)").update();
    jdbc.sql(
            """
            CREATE INDEX priority_execution_time_idx ON scheduled_tasks (priority DESC, execution_time ASC)
            """)
        .update();
  }

  @Override
  public void seed(int from, int count) {
    jdbc.sql(
            """
            INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            SELECT 'no-op', n::text, now() - interval '1 minute', false, 1
            FROM generate_series(:from, :to) AS n
            """)
        .param("from", from)
        .param("to", from + count - 1)
        .update();
  }

  @Override
  public void start() {
    Scheduler scheduler = settings.apply(Scheduler.create(dataSource, TASK)).build();
    scheduler.start();
    running = scheduler;
  }

  @Override
  public boolean isDrained() {
    return jdbc.sql("SELECT NOT EXISTS (SELECT FROM scheduled_tasks)")
        .query(Boolean.class)
        .single();
  }

  @Override
  public void stop() {
    if (running != null) {
      running.stop();
    }
  }
}
