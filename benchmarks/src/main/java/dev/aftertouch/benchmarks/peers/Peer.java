package dev.aftertouch.benchmarks.peers;

/** A scheduler that keeps its timers in PostgreSQL, in one of its modes. */
interface Peer {
  /** Creates its tables in an empty database. */
  void install() throws Exception;

  /** Adds timers with these numbers, all due a minute ago, while it does not run. */
  void seed(int from, int count) throws Exception;

  /** Begins to fire what is due; each timer calls {@link Seen#note} and does nothing else. */
  void start() throws Exception;

  /** Whether the database knows of every timer that it is done. */
  boolean isDrained() throws Exception;

  /** Ends firing; it can be started again. */
  void stop() throws Exception;
}
