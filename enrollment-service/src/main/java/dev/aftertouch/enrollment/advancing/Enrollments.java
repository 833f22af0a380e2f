package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.journey.EnrollmentState.AwaitingOutcome;
import dev.aftertouch.engine.journey.EnrollmentState.Completed;
import dev.aftertouch.engine.journey.EnrollmentState.Stopped;
import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.enrollment.advancing.Move.Made;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.sql.Rows;
import dev.aftertouch.service.sql.Columns;
import dev.aftertouch.service.sql.RowType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The position of enrollments. Every change is a compare-and-set on the active step and round. */
@Repository
class Enrollments {
  /** How a touch ended. */
  record Touch(
      EnrollmentKey key,
      String stepId,
      int number,
      String channel,
      String status,
      @Nullable String reason,
      Instant scheduledAt,
      @Nullable Instant sentAt,
      Instant endedAt) {
    /** Whether the answer of the provider was lost. */
    boolean isUnknown() {
      return status.equals("unknown");
    }
  }

  private static final RowType<Move> MOVE =
      RowType.<Move>of("enrollment_move")
          .uuid("business_id", move -> move.enrollment().businessId())
          .uuid("enrollment_id", move -> move.enrollment().enrollmentId())
          .text("from_step", Move::stepId)
          .int4("from_round", Move::round)
          .text("step_id", move -> position(move).stepId())
          .optionalInt4("round", move -> position(move).round())
          .instant("scheduled_at", move -> position(move).scheduledAt())
          .text("deferral", Move::deferral)
          .int4("touches", Move::touches)
          .instant("ended_at", move -> position(move).endedAt());

  private static final RowType<Touch> TOUCH =
      RowType.<Touch>of("ended_touch")
          .uuid("business_id", touch -> touch.key().businessId())
          .uuid("enrollment_id", touch -> touch.key().enrollmentId())
          .text("step_id", Touch::stepId)
          .int4("number", Touch::number)
          .text("channel", Touch::channel)
          .text("status", Touch::status)
          .text("reason", Touch::reason)
          .instant("scheduled_at", Touch::scheduledAt)
          .instant("sent_at", Touch::sentAt)
          .instant("ended_at", Touch::endedAt);

  private final JdbcClient jdbc;

  Enrollments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of the enrollments that are here. */
  Set<EnrollmentKey> existing(Collection<EnrollmentKey> keys) {
    return keys(
        """
        SELECT e.business_id, e.enrollment_id
        FROM unnest(:businesses, :ids) AS wanted (business_id, enrollment_id)
        JOIN enrollments e USING (business_id, enrollment_id)
        """,
        keys);
  }

  /** Locks those of the enrollments that nobody else has locked, and waits for no other. */
  Set<EnrollmentKey> lockFree(Collection<EnrollmentKey> keys) {
    return keys(
        """
        SELECT e.business_id, e.enrollment_id
        FROM unnest(:businesses, :ids) AS wanted (business_id, enrollment_id)
        JOIN enrollments e USING (business_id, enrollment_id)
        FOR NO KEY UPDATE OF e SKIP LOCKED
        """,
        keys);
  }

  private Set<EnrollmentKey> keys(String sql, Collection<EnrollmentKey> keys) {
    return new HashSet<>(
        jdbc.sql(sql)
            .param("businesses", Columns.uuids(keys, EnrollmentKey::businessId))
            .param("ids", Columns.uuids(keys, EnrollmentKey::enrollmentId))
            .query(
                (row, index) ->
                    new EnrollmentKey(
                        Rows.uuid(row, "business_id"), Rows.uuid(row, "enrollment_id")))
            .list());
  }

  /**
   * Moves those enrollments on that are active and stand where their move begins. No enrollment may
   * occur twice.
   *
   * @param moves in {@link EnrollmentKey#LOCK_ORDER}
   */
  List<Made> move(List<Move> moves) {
    return jdbc.sql(
            """
            UPDATE enrollments e
            SET status = CASE WHEN x.ended_at IS NULL THEN 'active' ELSE 'completed' END,
                step_id = coalesce(x.step_id, e.step_id), round = coalesce(x.round, e.round),
                scheduled_at = coalesce(x.scheduled_at, e.scheduled_at), deferral = x.deferral,
                touches_completed = e.touches_completed + x.touches, ended_at = x.ended_at
            FROM unnest(:moves::enrollment_move[]) WITH ORDINALITY
              AS x (business_id, enrollment_id, from_step, from_round, step_id, round, scheduled_at, deferral, touches, ended_at,
                    place)
            WHERE e.business_id = x.business_id AND e.enrollment_id = x.enrollment_id
              AND e.status = 'active' AND e.step_id = x.from_step AND e.round = x.from_round
            RETURNING x.place, e.job_id, e.service_type, e.touches_completed
            """)
        .param("moves", MOVE.rows(moves))
        .query((row, index) -> made(row, moves))
        .list();
  }

  private static Made made(ResultSet row, List<Move> moves) throws SQLException {
    return new Made(
        moves.get(row.getInt(1) - 1), row.getString(2), row.getString(3), row.getInt(4));
  }

  /** Takes enrollments that have ended out of the active ones. */
  void end(Collection<Move> ended) {
    jdbc.sql(
            """
            DELETE FROM active_enrollments a
            USING unnest(:businesses, :campaigns, :customers, :ids) AS x (business_id, campaign_id, customer_id, enrollment_id)
            WHERE a.business_id = x.business_id AND a.campaign_id = x.campaign_id AND a.customer_id = x.customer_id
              AND a.enrollment_id = x.enrollment_id
            """)
        .param("businesses", Columns.uuids(ended, m -> m.enrollment().businessId()))
        .param("campaigns", Columns.uuids(ended, Move::campaignId))
        .param("customers", Columns.uuids(ended, Move::customerId))
        .param("ids", Columns.uuids(ended, m -> m.enrollment().enrollmentId()))
        .update();
  }

  /** Notes how touches ended; of one that is noted already only an unknown ending is replaced. */
  void record(Collection<Touch> touches, Leftovers leftovers) {
    String add =
        """
        INSERT INTO enrollment_touches AS known
          (business_id, enrollment_id, step_id, number, channel, status, reason, scheduled_at, sent_at, ended_at)
        SELECT business_id, enrollment_id, step_id, number, channel, status, reason, scheduled_at, sent_at, ended_at
        FROM unnest(:touches::ended_touch[])
        """;
    String replace =
        """
        ON CONFLICT (business_id, enrollment_id, step_id) DO UPDATE SET
          status = excluded.status, reason = excluded.reason, sent_at = excluded.sent_at, ended_at = excluded.ended_at
        WHERE known.status = 'unknown'
        """;
    jdbc.sql(leftovers == Leftovers.NONE ? add : add + replace)
        .param("touches", TOUCH.rows(touches))
        .update();
  }

  /** Where a move leads to, as columns; one that completes keeps the place where it stood. */
  private record Position(
      @Nullable String stepId,
      @Nullable Integer round,
      @Nullable Instant scheduledAt,
      @Nullable Instant endedAt) {}

  private static Position position(Move move) {
    return switch (move.to()) {
      case Waiting w -> new Position(w.stepId(), w.round(), w.scheduledAt(), null);
      case Completed c -> new Position(null, null, null, c.at());
      case AwaitingOutcome a ->
          throw new IllegalStateException("Handing over is not advancing: " + a);
      case Stopped s -> throw new IllegalStateException("Stopping is not advancing: " + s);
    };
  }
}
