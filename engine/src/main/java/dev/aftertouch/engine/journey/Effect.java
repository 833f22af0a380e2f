package dev.aftertouch.engine.journey;

import dev.aftertouch.engine.definition.Step;
import java.time.Instant;

/**
 * What the service must do with a transition, in the same transaction and in the order given. A due
 * row exists exactly while the enrollment is {@link EnrollmentState.Waiting}: what leads into it
 * schedules (in place of an earlier row), what leads out of it to another state unschedules.
 */
public sealed interface Effect {
  /** Keep this due row, in place of any before. */
  record Schedule(String stepId, Instant dueAt, int round) implements Effect {}

  /** Hand the touch to the gate. */
  record RequestTouch(Step.Touching step, Instant scheduledAt, int round) implements Effect {}

  /** Carry the step out here (tasks, tags, fields, notifications, webhooks). */
  record CarryOut(Step step) implements Effect {}

  /** Note how the touch ended. */
  record RecordTouch(String stepId, Signal.Ending ending) implements Effect {}

  /** Remove the due row, if any. */
  record Unschedule() implements Effect {}

  /** Tell everybody that it completed. */
  record AnnounceCompleted() implements Effect {}

  /** Tell everybody that it stopped. */
  record AnnounceStopped(StopReason reason) implements Effect {}
}
