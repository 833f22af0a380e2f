package dev.aftertouch.dispatch.settling;

import dev.aftertouch.service.sql.Columns;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Attempts that their touches' rows name no more: those that were released, and the unknown ones
 * that another followed. An erasure must find what was frozen for them.
 */
public final class EarlierAttempts {
  private final JdbcClient jdbc;

  EarlierAttempts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Notes them, in the transaction in which the row forgets them. */
  public void note(Collection<TouchAttempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO earlier_attempts (business_id, touch_id, attempt_id)
            SELECT * FROM unnest(:businesses, :touches, :attempts) ON CONFLICT DO NOTHING
            """)
        .param("businesses", Columns.uuids(attempts, one -> one.touch().business()))
        .param("touches", Columns.uuids(attempts, one -> one.touch().touch()))
        .param("attempts", Columns.uuids(attempts, TouchAttempt::attempt))
        .update();
  }
}
