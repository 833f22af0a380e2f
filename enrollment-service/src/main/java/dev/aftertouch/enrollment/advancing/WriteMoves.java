package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.enrollment.advancing.Move.Made;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
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
   * Makes those moves whose enrollment is where they begin, and gives them back: the enrollment
   * waits now, with a due row, or it has completed.
   */
  List<Made> write(List<Move> moves, Leftovers leftovers) {
    if (moves.isEmpty()) {
      return List.of();
    }
    List<Made> made =
        enrollments.move(
            moves.stream()
                .sorted(Comparator.comparing(Move::enrollment, EnrollmentKey.LOCK_ORDER))
                .toList(),
            leftovers);
    List<Move> completed = made.stream().map(Made::move).filter(Move::completes).toList();
    if (!completed.isEmpty()) {
      enrollments.end(completed);
      dueTouches.unschedule(completed.stream().map(Move::enrollment).toList());
    }
    return made;
  }
}
