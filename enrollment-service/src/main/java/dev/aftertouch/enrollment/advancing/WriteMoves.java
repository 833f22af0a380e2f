package dev.aftertouch.enrollment.advancing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;

/** Writes a batch of moves: a handful of statements, however many rows. */
@Service
class WriteMoves {
  private final Enrollments enrollments;
  private final DueTouches dueTouches;
  private final Counter notCarriedOut;

  WriteMoves(Enrollments enrollments, DueTouches dueTouches, MeterRegistry meters) {
    this.enrollments = enrollments;
    this.dueTouches = dueTouches;
    this.notCarriedOut = meters.counter("aftertouch.steps.not.carried.out");
  }

  /**
   * Writes all of it in the caller's transaction, or throws when an enrollment is no longer where
   * the batch saw it.
   */
  void write(Moves moves) {
    if (!moves.handedOver().isEmpty()) {
      expect(moves.handedOver().size(), enrollments.handOver(moves.handedOver()));
    }
    if (!moves.moved().isEmpty()) {
      expect(moves.moved().size(), enrollments.move(moves.moved()));
    }
    if (!moves.unscheduled().isEmpty()) {
      dueTouches.unschedule(moves.unscheduled());
    }
    if (!moves.scheduled().isEmpty()) {
      dueTouches.schedule(moves.scheduled());
    }
    if (!moves.touches().isEmpty()) {
      enrollments.record(moves.touches());
    }
    notCarriedOut.increment(moves.notCarriedOut());
  }

  /**
   * The rows are locked, so a difference means that somebody writes without the lock: roll back and
   * look again.
   */
  private static void expect(int expected, int won) {
    if (won != expected) {
      throw new OptimisticLockingFailureException(
          "Only " + won + " of " + expected + " enrollments were where they had been read");
    }
  }
}
