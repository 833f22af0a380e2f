package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.journey.EnrollmentState;
import dev.aftertouch.engine.journey.EnrollmentState.AwaitingOutcome;
import dev.aftertouch.engine.journey.EnrollmentState.Completed;
import dev.aftertouch.engine.journey.EnrollmentState.Stopped;
import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.service.sql.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

  private final JdbcClient jdbc;

  Enrollments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The enrollments, locked in the order of their ids. */
  List<Path> lock(Collection<EnrollmentKey> keys) {
    return jdbc.sql(
            "SELECT "
                + Path.COLUMNS
                + """
                FROM unnest(:businesses, :ids) AS wanted (business_id, enrollment_id)
                JOIN enrollments e USING (business_id, enrollment_id)
                ORDER BY e.enrollment_id
                FOR NO KEY UPDATE OF e
                """)
        .param("businesses", Columns.uuids(keys, EnrollmentKey::businessId))
        .param("ids", Columns.uuids(keys, EnrollmentKey::enrollmentId))
        .query((row, index) -> Path.read(row))
        .list();
  }

  /**
   * Marks touches as handed to the gate. Returns how many were still waiting for just that step and
   * round.
   */
  int handOver(Collection<Path> waiting) {
    return jdbc.sql(
            """
            UPDATE enrollments e SET phase = 'awaiting_outcome'
            FROM unnest(:businesses, :ids, :steps, :rounds) AS x (business_id, enrollment_id, step_id, round)
            WHERE e.business_id = x.business_id AND e.enrollment_id = x.enrollment_id
              AND e.phase = 'waiting' AND e.step_id = x.step_id AND e.round = x.round
            """)
        .param("businesses", Columns.uuids(waiting, p -> p.key().businessId()))
        .param("ids", Columns.uuids(waiting, p -> p.key().enrollmentId()))
        .param("steps", Columns.texts(waiting, Path::stepId))
        .param("rounds", Columns.ints(waiting, Path::round))
        .update();
  }

  /** Moves active enrollments on. Returns how many were still where they came from. */
  int move(Collection<Move> moves) {
    return jdbc.sql(
            """
            WITH moved AS (
              UPDATE enrollments e
              SET status = x.status, phase = x.phase, step_id = x.step_id, round = x.round, scheduled_at = x.scheduled_at,
                  due_at = x.due_at, deferral = x.deferral, touches_completed = x.touches_completed, ended_at = x.ended_at
              FROM unnest(:businesses, :ids, :fromSteps, :fromRounds, :statuses, :phases, :steps, :rounds, :scheduledAt, :dueAt,
                          :deferrals, :touches, :endedAt)
                AS x (business_id, enrollment_id, from_step, from_round, status, phase, step_id, round, scheduled_at, due_at,
                      deferral, touches_completed, ended_at)
              WHERE e.business_id = x.business_id AND e.enrollment_id = x.enrollment_id
                AND e.status = 'active' AND e.step_id = x.from_step AND e.round = x.from_round
              RETURNING e.business_id, e.campaign_id, e.customer_id, e.status),
            ended AS (
              DELETE FROM active_enrollments a USING moved m
              WHERE m.status <> 'active' AND a.business_id = m.business_id AND a.campaign_id = m.campaign_id
                AND a.customer_id = m.customer_id)
            SELECT count(*) FROM moved
            """)
        .param("businesses", Columns.uuids(moves, m -> m.from().key().businessId()))
        .param("ids", Columns.uuids(moves, m -> m.from().key().enrollmentId()))
        .param("fromSteps", Columns.texts(moves, m -> m.from().stepId()))
        .param("fromRounds", Columns.ints(moves, m -> m.from().round()))
        .param("statuses", Columns.texts(moves, m -> position(m).status()))
        .param("phases", Columns.texts(moves, m -> position(m).phase()))
        .param("steps", Columns.texts(moves, m -> position(m).stepId()))
        .param("rounds", Columns.ints(moves, m -> position(m).round()))
        .param("scheduledAt", Columns.instants(moves, m -> position(m).scheduledAt()))
        .param("dueAt", Columns.instants(moves, m -> position(m).dueAt()))
        .param("deferrals", Columns.texts(moves, Move::deferral))
        .param("touches", Columns.ints(moves, Move::touchesCompleted))
        .param("endedAt", Columns.instants(moves, m -> position(m).endedAt()))
        .query(Integer.class)
        .single();
  }

  /** Notes how touches ended; of one that is noted already only an unknown ending is replaced. */
  void record(Collection<Touch> touches) {
    jdbc.sql(
            """
            INSERT INTO enrollment_touches AS known
              (business_id, enrollment_id, step_id, number, channel, status, reason, scheduled_at, sent_at, ended_at)
            SELECT * FROM unnest(:businesses, :ids, :steps, :numbers, :channels, :statuses, :reasons, :scheduledAt, :sentAt,
                                 :endedAt)
            ON CONFLICT (business_id, enrollment_id, step_id) DO UPDATE SET
              status = excluded.status, reason = excluded.reason, sent_at = excluded.sent_at, ended_at = excluded.ended_at
            WHERE known.status = 'unknown'
            """)
        .param("businesses", Columns.uuids(touches, t -> t.key().businessId()))
        .param("ids", Columns.uuids(touches, t -> t.key().enrollmentId()))
        .param("steps", Columns.texts(touches, Touch::stepId))
        .param("numbers", Columns.ints(touches, Touch::number))
        .param("channels", Columns.texts(touches, Touch::channel))
        .param("statuses", Columns.texts(touches, Touch::status))
        .param("reasons", Columns.texts(touches, Touch::reason))
        .param("scheduledAt", Columns.instants(touches, Touch::scheduledAt))
        .param("sentAt", Columns.instants(touches, Touch::sentAt))
        .param("endedAt", Columns.instants(touches, Touch::endedAt))
        .update();
  }

  /** A state as columns; an ended enrollment keeps the step where it stood. */
  private record Position(
      String status,
      @Nullable String phase,
      String stepId,
      int round,
      Instant scheduledAt,
      Instant dueAt,
      @Nullable Instant endedAt) {}

  private static Position position(Move move) {
    Path from = move.from();
    return switch (move.to()) {
      case Waiting w ->
          new Position(
              "active", Path.WAITING, w.stepId(), w.round(), w.scheduledAt(), w.dueAt(), null);
      case AwaitingOutcome a ->
          new Position(
              "active",
              Path.AWAITING_OUTCOME,
              a.stepId(),
              a.round(),
              a.scheduledAt(),
              a.scheduledAt(),
              null);
      case Completed c ->
          new Position(
              "completed",
              null,
              from.stepId(),
              from.round(),
              scheduledAt(from),
              scheduledAt(from),
              c.at());
      case Stopped s -> throw new IllegalStateException("Stopping is not advancing: " + s);
    };
  }

  private static Instant scheduledAt(Path path) {
    EnrollmentState state = path.state();
    return switch (state) {
      case Waiting w -> w.scheduledAt();
      case AwaitingOutcome a -> a.scheduledAt();
      case Completed c -> c.at();
      case Stopped s -> s.at();
    };
  }
}
