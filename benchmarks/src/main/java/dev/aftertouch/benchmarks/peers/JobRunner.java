package dev.aftertouch.benchmarks.peers;

import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration.JobRunrConfigurationResult;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * JobRunr, its open edition, as jobrunr.io/en/documentation/background-methods and
 * .../background-job-server give it. Its jobs are enqueued, not scheduled: a scheduled one is first
 * moved to the queue, every poll interval. Workers by number of cores (its default), or 20.
 */
final class JobRunner implements Peer {
  private final JdbcClient jdbc;
  private final StorageProvider storage;
  private final int workers;
  private @Nullable BackgroundJobServer running;

  private JobRunner(DataSource dataSource, int workers) {
    this.jdbc = JdbcClient.create(dataSource);
    this.storage = SqlStorageProviderFactory.using(dataSource);
    this.workers = workers;
  }

  static JobRunner byDefault(DataSource dataSource) {
    return new JobRunner(dataSource, 0);
  }

  static JobRunner withWorkers(DataSource dataSource, int workers) {
    return new JobRunner(dataSource, workers);
  }

  /** The storage has created its tables by being made. */
  @Override
  public void install() {}

  @Override
  public void seed(int from, int count) {
    configure()
        .getJobScheduler()
        .enqueue(IntStream.range(from, from + count).boxed(), timer -> Seen.note(timer));
  }

  @Override
  public void start() {
    BackgroundJobServer server = configure().getBackgroundJobServer();
    server.start();
    running = server;
  }

  private JobRunrConfigurationResult configure() {
    BackgroundJobServerConfiguration server =
        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration();
    return JobRunr.configure()
        .useStorageProvider(storage)
        .useBackgroundJobServer(workers == 0 ? server : server.andWorkerCount(workers), false)
        .initialize();
  }

  @Override
  public boolean isDrained() {
    return jdbc.sql("SELECT NOT EXISTS (SELECT FROM jobrunr_jobs WHERE state <> 'SUCCEEDED')")
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
