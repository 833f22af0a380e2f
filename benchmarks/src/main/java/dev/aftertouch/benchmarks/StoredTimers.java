package dev.aftertouch.benchmarks;

import dev.aftertouch.local.system.Service;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Enrollments that wait for their first touch, added by SQL: copies of one of each business with a
 * plan of several touches, which enrollment-service enrolled itself. Their ids are hashes of
 * numbers, so that every run is alike. The ones they were copied from never fall due.
 */
final class StoredTimers implements AutoCloseable {
  private static final String DUE = "due_touches";
  private static final String ENROLLMENTS = "enrollments";
  private static final String ACTIVE = "active_enrollments";
  private static final String ID = "md5('enrollment ' || n)::uuid";
  private static final String CUSTOMER = "md5('customer ' || n)::uuid";

  /** Those that only wait count from here, so that no id meets another's. */
  private static final long PENDING = 1_000_000_000;

  private final Connection connection;
  private final RowCopies copies;
  private final long templates;
  private long added;
  private long pending;

  private StoredTimers(Connection connection) throws SQLException {
    this.connection = connection;
    this.copies = new RowCopies(connection);
    copies.execute(
        """
        CREATE TEMP TABLE template AS
        SELECT row_number() OVER (ORDER BY e.business_id) - 1 AS place, e.business_id, e.customer_id, e.enrollment_id
        FROM enrollments e JOIN campaign_versions v USING (business_id, campaign_id, version)
        WHERE v.definition LIKE '%touch-2%'
        """);
    copies.keep("customers", "business_id, customer_id");
    copies.keep(ENROLLMENTS, "business_id, customer_id, enrollment_id");
    copies.keep(ACTIVE, "business_id, customer_id, enrollment_id");
    copies.keep(DUE, "business_id, enrollment_id");
    copies.remove(DUE);
    this.templates = copies.number("SELECT count(*) FROM template_due_touches");
  }

  /** Enrolls one customer of each business and takes these for templates. */
  static StoredTimers of(Bed bed, int businesses) throws Exception {
    Workload workload = new Workload(businesses);
    try (KafkaProducer<String, Object> producer = bed.topics().producer()) {
      workload.publishBusinesses(producer, bed.now());
      bed.awaitLevel();
      workload.publishJobs(producer, 0, businesses, bed.now().plus(Workload.DELAY), Duration.ZERO);
    }
    bed.awaitRows(Service.ENROLLMENT, ENROLLMENTS, businesses);
    bed.awaitLevel();
    return new StoredTimers(bed.connect(Service.ENROLLMENT));
  }

  /** Adds touches, each of a customer of its own, due evenly over the spread. */
  void add(long count, Instant firstDue, Duration spread) throws SQLException {
    String numbers =
        "SELECT n, n %% %d AS place FROM generate_series(%d::bigint, %d) AS n"
            .formatted(templates, added, added + count - 1);
    String due =
        "timestamptz '%s' + make_interval(secs => (n - %d) * %d::float8 / %d)"
            .formatted(firstDue, added, spread.toSeconds(), count);
    copies.add(
        "customers", numbers, Map.of("customer_id", CUSTOMER, "external_id", "'copy ' || n"));
    addWaiting(numbers, due, Map.of("customer_id", CUSTOMER));
    copies.add(ACTIVE, numbers, Map.of("enrollment_id", ID, "customer_id", CUSTOMER));
    added += count;
  }

  /**
   * Adds touches that fall due in a month or two, with their enrollments; the customers are those
   * of the templates. They lie business by business, as if each had been enrolled in turn.
   */
  void addPending(long count, Instant now) throws SQLException {
    if (count == 0) {
      return;
    }
    String numbers =
        "SELECT n, (n - %1$d) * %2$d / %3$d AS place FROM generate_series(%1$d::bigint, %1$d + %3$d - 1) AS n"
            .formatted(PENDING + pending, templates, count);
    String due =
        "timestamptz '%s' + make_interval(days => 30, secs => (n * 7919) %% 2592000)"
            .formatted(now);
    addWaiting(numbers, due, Map.of());
    pending += count;
  }

  /** Adds enrollments and their due rows, which say the same. */
  private void addWaiting(String numbers, String due, Map<String, String> customer)
      throws SQLException {
    Map<String, String> changed = new HashMap<>(customer);
    changed.put("enrollment_id", ID);
    changed.put("job_id", "'copy ' || n");
    changed.put("scheduled_at", due);
    copies.add(ENROLLMENTS, numbers, changed);
    changed.put("due_at", due);
    copies.add(DUE, numbers, changed);
  }

  /** Takes away whatever is still to fall due. */
  void forget() throws SQLException {
    copies.remove(DUE);
  }

  /** When the last of all touches falls due. */
  Instant lastDue() throws SQLException {
    return Instant.ofEpochSecond(
        copies.number("SELECT ceil(extract(epoch FROM max(due_at)))::bigint FROM due_touches"));
  }

  long waiting() throws SQLException {
    return copies.number("SELECT count(*) FROM due_touches");
  }

  /** Rows that are dead and not yet vacuumed, by PostgreSQL's own reckoning. */
  long deadRows() throws SQLException {
    return copies.number("SELECT sum(n_dead_tup)::bigint FROM pg_stat_user_tables");
  }

  /** With its indexes. */
  long megabytes(String table) throws SQLException {
    return copies.megabytes(table);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
