package dev.aftertouch.analytics.projecting;

import dev.aftertouch.facts.CustomerDataErased;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.sql.Columns;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Forgets the stories of erased customers' enrollments when enrollment-service says whose they are,
 * and says so before the caller's commit. The lane's lock keeps the customer's other facts out
 * meanwhile; those that come later find the enrollments marked. A repeat, as in a rebuild, finds
 * nothing more and says the same.
 */
@Repository
class Erasures {
  private static final String ENROLLMENT_SERVICE = "enrollment-service";
  private static final String HERE = "analytics-service";

  private final JdbcClient jdbc;
  private final Publisher publisher;
  private final InstantSource clock;

  Erasures(JdbcClient jdbc, Publisher publisher, InstantSource clock) {
    this.jdbc = jdbc;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Those of the enrollments whose customers are erased: nothing is told of them any more. */
  Set<EnrollmentKey> among(Collection<EnrollmentKey> enrollments) {
    if (enrollments.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        jdbc.sql(
                """
                SELECT business_id, enrollment_id
                FROM unnest(:enrollments::enrollment_key[]) JOIN erased_enrollments USING (business_id, enrollment_id)
                """)
            .param("enrollments", EnrollmentKey.ROW.rows(enrollments))
            .query(
                (row, index) ->
                    new EnrollmentKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
            .list());
  }

  void apply(Collection<CustomerDataErased> facts) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<Outgoing> parts = new ArrayList<>();
    for (CustomerDataErased fact : facts) {
      if (fact.getService().equals(ENROLLMENT_SERVICE)) {
        long lines = forget(fact.getBusinessId(), fact.getEnrollmentIds());
        CustomerDataErased part =
            new CustomerDataErased(
                fact.getBusinessId(),
                fact.getCustomerId(),
                HERE,
                now,
                Map.of("timeline_items", lines),
                List.of());
        parts.add(Outgoing.of(Topics.ERASURES, fact.getCustomerId().toString(), part));
      }
    }
    publisher.publishAndAwait(parts);
  }

  /** Those enrollments are never told of again; how many lines were told until now. */
  long forget(UUID business, Collection<UUID> enrollments) {
    jdbc.sql(
            """
            INSERT INTO erased_enrollments (business_id, enrollment_id)
            SELECT :business, enrollment FROM unnest(:enrollments) AS e (enrollment)
            ON CONFLICT DO NOTHING
            """)
        .param("business", business)
        .param("enrollments", Columns.uuids(enrollments, id -> id))
        .update();
    long lines = 0;
    for (String forgetting :
        List.of(
            "DELETE FROM timeline WHERE business_id = :business AND enrollment_id = ANY (:enrollments)",
            Sending.FORGET
                + "WHERE business_id = :business AND enrollment_id = ANY (:enrollments) AND sent_round IS NOT NULL")) {
      lines +=
          jdbc.sql(forgetting)
              .param("business", business)
              .param("enrollments", Columns.uuids(enrollments, id -> id))
              .update();
    }
    return lines;
  }
}
