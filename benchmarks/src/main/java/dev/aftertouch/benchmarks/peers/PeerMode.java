package dev.aftertouch.benchmarks.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.aftertouch.local.process.ProjectRoot;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;

/** A peer and how it is set. */
public enum PeerMode {
  DB_SCHEDULER(Scheduler.class, "default: fetch, 10 threads"),
  DB_SCHEDULER_LOCK_AND_FETCH(Scheduler.class, "lock-and-fetch, 50 threads"),
  JOBRUNR(JobRunr.class, "enqueued, default: workers by cores"),
  JOBRUNR_WORKERS(JobRunr.class, "enqueued, 20 workers"),
  QUARTZ(org.quartz.Scheduler.class, "JDBC clustered, default: 10 threads"),
  QUARTZ_BATCHED(org.quartz.Scheduler.class, "JDBC clustered, batches of 20, 20 threads");

  private final Class<?> library;
  private final String mode;

  PeerMode(Class<?> library, String mode) {
    this.library = library;
    this.mode = mode;
  }

  /** Name and version, as its jar has them. */
  public String peer() {
    return String.valueOf(ProjectRoot.codeOf(library).getFileName())
        .replaceFirst("-([0-9].*)\\.jar$", " $1");
  }

  public String mode() {
    return mode;
  }

  Peer on(DataSource dataSource) {
    return switch (this) {
      case DB_SCHEDULER -> DbScheduler.byDefault(dataSource);
      case DB_SCHEDULER_LOCK_AND_FETCH -> DbScheduler.lockAndFetch(dataSource);
      case JOBRUNR -> JobRunner.byDefault(dataSource);
      case JOBRUNR_WORKERS -> JobRunner.withWorkers(dataSource, 20);
      case QUARTZ -> Quartz.byDefault(dataSource);
      case QUARTZ_BATCHED -> Quartz.batched(dataSource);
    };
  }

  /** Connections that its threads can use at the same time, and some for its housekeeping. */
  int connections() {
    return switch (this) {
      case DB_SCHEDULER, QUARTZ -> 15;
      case JOBRUNR, JOBRUNR_WORKERS, QUARTZ_BATCHED -> 25;
      case DB_SCHEDULER_LOCK_AND_FETCH -> 55;
    };
  }
}
