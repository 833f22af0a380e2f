package dev.aftertouch.engine.journey;

import java.time.Instant;

/**
 * Where an enrollment stands (MT-05): active → completed | stopped. A state holds only what exists
 * in it.
 */
public sealed interface EnrollmentState {
  /**
   * Waiting for a step to fall due. The touch's round is 0 at first and grows with each deferral.
   */
  record Waiting(String stepId, Instant scheduledAt, Instant dueAt, int round)
      implements EnrollmentState {}

  /** A touch has been handed to the gate; its outcome is awaited. */
  record AwaitingOutcome(String stepId, Instant scheduledAt, int round)
      implements EnrollmentState {}

  /** Ran to its end. */
  record Completed(Instant at) implements EnrollmentState {}

  /** Ended early. */
  record Stopped(StopReason reason, Instant at) implements EnrollmentState {}
}
