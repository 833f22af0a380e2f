package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import dev.aftertouch.service.sql.Columns;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which claims are on their way out, those of each gate's transaction in one row. The row is
 * written with the claims and removed with the last of their ends, so whatever a crash or a lost
 * answer leaves open is in a row that is still here.
 */
public final class ClaimsInFlight {
  /** A claim past its deadline, and when it was claimed: not before that. */
  record Overdue(TouchAttempt claim, OffsetDateTime since) {}

  private final JdbcClient jdbc;

  ClaimsInFlight(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Notes claims of the caller's transaction. */
  public Flight begin(List<Claim> claims) {
    if (claims.isEmpty()) {
      return Flight.NONE;
    }
    Flight flight = new Flight(UUID.randomUUID(), claims);
    jdbc.sql(
            "INSERT INTO claims_in_flight (flight_id, businesses, touches) VALUES (:flight, :businesses, :touches)")
        .param("flight", flight.id())
        .param("businesses", Columns.uuids(claims, claim -> claim.touch().id().business()))
        .param("touches", Columns.uuids(claims, claim -> claim.touch().id().touch()))
        .update();
    return flight;
  }

  /** None of its claims is open when the caller's transaction commits. */
  void end(UUID flight) {
    jdbc.sql("DELETE FROM claims_in_flight WHERE flight_id = :flight")
        .param("flight", flight)
        .update();
  }

  /** Claims past their deadline, the oldest first. */
  List<Overdue> overdue(int limit) {
    return jdbc.sql(
            """
            SELECT t.business_id, t.touch_id, t.attempt_id, f.claimed_at
            FROM claims_in_flight f
            CROSS JOIN LATERAL unnest(f.businesses, f.touches) AS k (business_id, touch_id)
            JOIN touches t USING (business_id, touch_id)
            WHERE t.state = 'claimed' AND t.deadline < now() - interval '5 seconds'
            ORDER BY f.claimed_at LIMIT :limit
            """)
        .param("limit", limit)
        .query(
            (row, number) ->
                new Overdue(
                    new TouchAttempt(
                        new Key(
                            row.getObject("business_id", UUID.class),
                            row.getObject("touch_id", UUID.class)),
                        row.getObject("attempt_id", UUID.class)),
                    row.getObject("claimed_at", OffsetDateTime.class)))
        .list();
  }

  /** Removes those whose claims were ended one by one, by sweeper and webhooks. */
  void forget() {
    jdbc.sql(
            """
            DELETE FROM claims_in_flight f
            WHERE NOT EXISTS (
              SELECT FROM unnest(f.businesses, f.touches) AS k (business_id, touch_id)
              JOIN touches t USING (business_id, touch_id) WHERE t.state = 'claimed')
            """)
        .update();
  }
}
