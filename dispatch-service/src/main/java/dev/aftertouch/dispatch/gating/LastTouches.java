package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.replicas.Recipients;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When customers were last sent a touch, or may have been: one that is still claimed or whose
 * answer was lost counts, one that was rejected or released does not. Read by the index of a
 * customer's touches, and only for businesses that want a least gap.
 */
final class LastTouches {
  private final JdbcClient jdbc;

  LastTouches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of those of the customers who were sent any; one statement, none for nobody. */
  Map<Recipients.Key, Instant> of(Collection<Recipients.Key> customers) {
    Map<Recipients.Key, Instant> last = new HashMap<>();
    if (customers.isEmpty()) {
      return last;
    }
    jdbc.sql(
            """
            SELECT c.business_id, c.customer_id, max(t.decided_at) AS last_at
            FROM unnest(:businesses::uuid[], :customers::uuid[]) AS c (business_id, customer_id)
            JOIN touches t ON t.business_id = c.business_id AND t.customer_id = c.customer_id
            WHERE t.state IN ('claimed', 'accepted', 'unknown')
            GROUP BY c.business_id, c.customer_id
            """)
        .param(
            "businesses",
            customers.stream().map(key -> key.business().toString()).toArray(String[]::new))
        .param(
            "customers",
            customers.stream().map(key -> key.customer().toString()).toArray(String[]::new))
        .query(
            row -> {
              last.put(
                  new Recipients.Key(
                      row.getObject("business_id", UUID.class),
                      row.getObject("customer_id", UUID.class)),
                  row.getTimestamp("last_at").toInstant());
            });
    return last;
  }
}
