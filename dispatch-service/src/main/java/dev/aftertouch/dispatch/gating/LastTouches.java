package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.replicas.Recipients;
import dev.aftertouch.service.sql.Columns;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When customers were last sent a touch, or may have been: one that is still claimed or whose
 * answer was lost counts, one that was rejected or released does not. Read by the index of a
 * customer's touches, and only where somebody wants to know: a business that wants a least gap, or
 * the law of a customer's state that counts texts.
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
            FROM unnest(:businesses, :customers) AS c (business_id, customer_id)
            JOIN touches t ON t.business_id = c.business_id AND t.customer_id = c.customer_id
            WHERE t.state IN ('claimed', 'accepted', 'unknown')
            GROUP BY c.business_id, c.customer_id
            """)
        .param("businesses", Columns.uuids(customers, Recipients.Key::business))
        .param("customers", Columns.uuids(customers, Recipients.Key::customer))
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

  /**
   * When each of those customers was sent texts after that instant, latest first; one statement,
   * none for nobody.
   */
  Map<Recipients.Key, List<Instant>> textsSince(
      Collection<Recipients.Key> customers, Instant since) {
    Map<Recipients.Key, List<Instant>> texts = new HashMap<>();
    if (customers.isEmpty()) {
      return texts;
    }
    jdbc.sql(
            """
            SELECT c.business_id, c.customer_id, t.decided_at
            FROM unnest(:businesses, :customers) AS c (business_id, customer_id)
            JOIN touches t ON t.business_id = c.business_id AND t.customer_id = c.customer_id
            WHERE t.channel = 'sms' AND t.state IN ('claimed', 'accepted', 'unknown') AND t.decided_at > :since
            ORDER BY t.decided_at DESC
            """)
        .param("businesses", Columns.uuids(customers, Recipients.Key::business))
        .param("customers", Columns.uuids(customers, Recipients.Key::customer))
        .param("since", Timestamp.from(since))
        .query(
            row -> {
              texts
                  .computeIfAbsent(
                      new Recipients.Key(
                          row.getObject("business_id", UUID.class),
                          row.getObject("customer_id", UUID.class)),
                      key -> new ArrayList<>())
                  .add(row.getTimestamp("decided_at").toInstant());
            });
    return texts;
  }
}
