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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The position of enrollments, with what they wait for and how their touches ended. Every change is
 * a compare-and-set on the active step and round.
 */
@Repository
class Enrollments {
  private static final RowType<Move> MOVE =
      RowType.<Move>of("enrollment_move")
          .uuid("business_id", move -> move.enrollment().businessId())
          .uuid("enrollment_id", move -> move.enrollment().enrollmentId())
          .text("from_step", Move::stepId)
          .int4("from_round", Move::round)
          .text("step_id", move -> position(move).stepId())
          .optionalInt4("round", move -> position(move).round())
          .instant("scheduled_at", move -> position(move).scheduledAt())
          .instant("due_at", move -> position(move).dueAt())
          .text("deferral", Move::deferral)
          .instant("ended_at", move -> position(move).endedAt())
          .optionalInt4("touch_number", move -> touch(move, EndedTouch::number))
          .text("touch_channel", move -> touch(move, EndedTouch::channel))
          .text("touch_status", move -> touch(move, EndedTouch::status))
          .text("touch_reason", move -> touch(move, EndedTouch::reason))
          .instant("touch_scheduled_at", move -> touch(move, EndedTouch::scheduledAt))
          .instant("touch_sent_at", move -> touch(move, EndedTouch::sentAt))
          .instant("touch_ended_at", move -> touch(move, EndedTouch::endedAt));

  private static final RowType<EndedTouch> TOUCH =
      RowType.<EndedTouch>of("ended_touch")
          .uuid("business_id", touch -> touch.key().businessId())
          .uuid("enrollment_id", touch -> touch.key().enrollmentId())
          .text("step_id", EndedTouch::stepId)
          .int4("number", EndedTouch::number)
          .text("channel", EndedTouch::channel)
          .text("status", EndedTouch::status)
          .text("reason", EndedTouch::reason)
          .instant("scheduled_at", EndedTouch::scheduledAt)
          .instant("sent_at", EndedTouch::sentAt)
          .instant("ended_at", EndedTouch::endedAt);

  private static final String REPLACING_DUE_ROWS =
      """
      ON CONFLICT (business_id, enrollment_id) DO UPDATE SET
        step_id = excluded.step_id, round = excluded.round, scheduled_at = excluded.scheduled_at, due_at = excluded.due_at,
        touches_completed = excluded.touches_completed, customer_revision = excluded.customer_revision, held = false
      """;

  private static final String REPLACING_UNKNOWN_ENDINGS =
      """
      ON CONFLICT (business_id, enrollment_id, step_id) DO UPDATE SET
        status = excluded.status, reason = excluded.reason, sent_at = excluded.sent_at, ended_at = excluded.ended_at
      WHERE known.status = 'unknown'
      """;

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
   * Moves those enrollments on that are active and stand where their move begins, and with them
   * schedules what they wait for then and notes how their touches ended. Locks them all before it
   * writes a due row, and waits where a claim that has not committed yet removes the one before. No
   * enrollment may occur twice.
   *
   * @param moves in {@link EnrollmentKey#LOCK_ORDER}
   */
  List<Made> move(List<Move> moves, Leftovers leftovers) {
    boolean replacing = leftovers == Leftovers.POSSIBLE;
    return jdbc.sql(
            """
            WITH moved AS (
              UPDATE enrollments e
              SET status = CASE WHEN x.ended_at IS NULL THEN 'active' ELSE 'completed' END,
                  step_id = coalesce(x.step_id, e.step_id), round = coalesce(x.round, e.round),
                  scheduled_at = coalesce(x.scheduled_at, e.scheduled_at), deferral = x.deferral,
                  touches_completed = e.touches_completed + CASE WHEN x.touch_status IS NULL THEN 0 ELSE 1 END,
                  ended_at = x.ended_at
              FROM unnest(:moves::enrollment_move[]) WITH ORDINALITY
                AS x (business_id, enrollment_id, from_step, from_round, step_id, round, scheduled_at, due_at, deferral, ended_at,
                      touch_number, touch_channel, touch_status, touch_reason, touch_scheduled_at, touch_sent_at, touch_ended_at,
                      place)
              WHERE e.business_id = x.business_id AND e.enrollment_id = x.enrollment_id
                AND e.status = 'active' AND e.step_id = x.from_step AND e.round = x.from_round
              RETURNING e.business_id, e.enrollment_id, e.campaign_id, e.version, e.definition_id, e.customer_id,
                e.customer_revision, e.job_id, e.service_type, e.job_completed_at, e.job_value, e.touches_completed, e.step_id,
                e.round, e.scheduled_at, x.due_at, x.from_step, x.touch_number, x.touch_channel, x.touch_status, x.touch_reason,
                x.touch_scheduled_at, x.touch_sent_at, x.touch_ended_at, x.place),
            scheduled AS (
              INSERT INTO due_touches
                (business_id, enrollment_id, campaign_id, version, definition_id, customer_id, customer_revision, job_id,
                 service_type, job_completed_at, job_value, touches_completed, step_id, round, scheduled_at, due_at)
              SELECT business_id, enrollment_id, campaign_id, version, definition_id, customer_id, customer_revision, job_id,
                     service_type, job_completed_at, job_value, touches_completed, step_id, round, scheduled_at, due_at
              FROM moved WHERE due_at IS NOT NULL
              %s),
            noted AS (
              INSERT INTO enrollment_touches AS known
                (business_id, enrollment_id, step_id, number, channel, status, reason, scheduled_at, sent_at, ended_at)
              SELECT business_id, enrollment_id, from_step, touch_number, touch_channel, touch_status, touch_reason,
                     touch_scheduled_at, touch_sent_at, touch_ended_at
              FROM moved WHERE touch_status IS NOT NULL
              %s)
            SELECT place, job_id, service_type, touches_completed FROM moved
            """
                .formatted(
                    replacing ? REPLACING_DUE_ROWS : "",
                    replacing ? REPLACING_UNKNOWN_ENDINGS : ""))
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
  void record(Collection<EndedTouch> touches) {
    jdbc.sql(
            """
            INSERT INTO enrollment_touches AS known
              (business_id, enrollment_id, step_id, number, channel, status, reason, scheduled_at, sent_at, ended_at)
            SELECT business_id, enrollment_id, step_id, number, channel, status, reason, scheduled_at, sent_at, ended_at
            FROM unnest(:touches::ended_touch[])
            """
                + REPLACING_UNKNOWN_ENDINGS)
        .param("touches", TOUCH.rows(touches))
        .update();
  }

  private static <T> @Nullable T touch(Move move, Function<EndedTouch, @Nullable T> column) {
    return move.ended() == null ? null : column.apply(move.ended());
  }

  /** Where a move leads to, as columns; one that completes keeps the place where it stood. */
  private record Position(
      @Nullable String stepId,
      @Nullable Integer round,
      @Nullable Instant scheduledAt,
      @Nullable Instant dueAt,
      @Nullable Instant endedAt) {}

  private static Position position(Move move) {
    return switch (move.to()) {
      case Waiting w -> new Position(w.stepId(), w.round(), w.scheduledAt(), w.dueAt(), null);
      case Completed c -> new Position(null, null, null, null, c.at());
      case AwaitingOutcome a ->
          throw new IllegalStateException("Handing over is not advancing: " + a);
      case Stopped s -> throw new IllegalStateException("Stopping is not advancing: " + s);
    };
  }
}
