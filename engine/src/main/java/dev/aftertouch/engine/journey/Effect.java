package dev.aftertouch.engine.journey;

import dev.aftertouch.engine.definition.Step;
import java.time.Instant;

/** What the service must do with a transition, in the same transaction. */
public sealed interface Effect {
  /** Keep a due row. */
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
