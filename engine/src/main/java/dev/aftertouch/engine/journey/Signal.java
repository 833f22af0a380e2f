package dev.aftertouch.engine.journey;

import java.time.Instant;

/** What an enrollment can be told. */
public sealed interface Signal {
  /** When the decision is taken. */
  Instant now();

  /** The awaited step has fallen due. */
  record StepDue(String stepId, int round, Instant now) implements Signal {}

  /**
   * The touch of that round was sent, skipped, failed or is unknown: the sequence goes on (MT-13).
   */
  record TouchEnded(String stepId, int round, Ending ending, Instant now) implements Signal {}

  /** The touch of that round may leave later. */
  record TouchDeferred(String stepId, int round, Instant until, Instant now) implements Signal {}

  /** It shall end early. */
  record StopRequested(StopReason reason, Instant now) implements Signal {}

  /** How a touch ended. */
  enum Ending {
    SENT,
    SKIPPED,
    FAILED,
    UNKNOWN
  }
}
