package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.enrollment.advancing.DueTouches.Due;
import dev.aftertouch.enrollment.advancing.Move.Made;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * Moves enrollments on in the caller's transaction: a handful of statements, however many rows.
 * Locks the enrollments in the order of their ids, then their due rows, as stopping does.
 */
@Service
class WriteMoves {
  private final Enrollments enrollments;
  private final DueTouches dueTouches;

  WriteMoves(Enrollments enrollments, DueTouches dueTouches) {
    this.enrollments = enrollments;
    this.dueTouches = dueTouches;
  }

  /**
   * Makes those moves whose enrollment is where they begin, and gives them back: with a due row
   * where the enrollment waits now, and without one where it has completed.
   *
   * @param dueRows whether those that move on to another step may still have the one before
   */
  List<Made> write(List<Move> moves, Leftovers dueRows) {
    if (moves.isEmpty()) {
      return List.of();
    }
    List<Made> made =
        enrollments.move(
            moves.stream()
                .sorted(Comparator.comparing(Move::enrollment, EnrollmentKey.LOCK_ORDER))
                .toList());
    List<Move> completed = new ArrayList<>();
    List<Due> scheduled = new ArrayList<>();
    for (Made one : made) {
      Move move = one.move();
      if (move.to() instanceof Waiting waiting) {
        scheduled.add(
            new Due(move.enrollment(), waiting.stepId(), waiting.round(), waiting.dueAt()));
      } else {
        completed.add(move);
      }
    }
    if (!completed.isEmpty()) {
      enrollments.end(completed);
      dueTouches.unschedule(completed.stream().map(Move::enrollment).toList());
    }
    if (!scheduled.isEmpty()) {
      dueTouches.schedule(scheduled, dueRows);
    }
    return made;
  }
}
