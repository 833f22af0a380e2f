package dev.aftertouch.dispatch.suppressing;

import dev.aftertouch.service.tenancy.Tenancy;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How a stop beats the gate, over all instances.
 *
 * <p>A gate transaction enters first: it takes one advisory lock shared, and reads the standing
 * reasons in later statements. Whoever stops commits the stop and then passes: it takes the same
 * lock exclusively for an instant, which waits for the gate transactions under way. One of these
 * may have read before the commit; none is left when the lock is given, and every later one reads
 * after the commit. So once {@link #pass} has returned, and only then, the stop may be
 * acknowledged: no attempt is claimed against it any more.
 *
 * <p>Failure cases: a process that dies between commit and passing has acknowledged nothing, the
 * stop comes again and passes then. A gate transaction that hangs is ended by its own time limit,
 * and so is a pass, which would keep every gate waiting; a pass that cannot get through in time
 * throws, so that the stop is not acknowledged and comes again. Concurrent passes are made as one.
 * Why not locks by recipient: docs/decisions/0011.
 */
public final class StopBarrier {
  private static final long LOCK = 0x73746f7073L;

  private final Tenancy tenancy;
  private final JdbcClient jdbc;
  private final ReentrantLock passing = new ReentrantLock();
  private final AtomicLong asked = new AtomicLong();
  private long passed;

  StopBarrier(Tenancy tenancy, JdbcClient jdbc) {
    this.tenancy = tenancy;
    this.jdbc = jdbc;
  }

  /** First statement of a gate transaction, which from here on may last thirty seconds at most. */
  public void enter() {
    jdbc.sql(
            """
            SELECT set_config('transaction_timeout', '30s', true), pg_advisory_xact_lock_shared(:lock)::text
            """)
        .param("lock", LOCK)
        .query((row, number) -> "")
        .single();
  }

  /**
   * Returns when no gate transaction is left that may not have seen what this thread committed
   * before the call. Must be called outside any transaction.
   */
  public void pass() {
    long ticket = asked.incrementAndGet();
    passing.lock();
    try {
      if (passed >= ticket) {
        return;
      }
      long upTo = asked.get();
      tenancy.asWorker(
          () ->
              jdbc.sql(
                      """
                      SELECT set_config('lock_timeout', '12s', true), set_config('transaction_timeout', '15s', true),
                             pg_advisory_xact_lock(:lock)::text
                      """)
                  .param("lock", LOCK)
                  .query((row, number) -> "")
                  .single());
      passed = upTo;
    } finally {
      passing.unlock();
    }
  }
}
