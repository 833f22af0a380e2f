package dev.aftertouch.engine.definition;

import org.jspecify.annotations.Nullable;

/** What enrolls a customer (CB-07). */
public sealed interface Trigger {
  /** A job was completed, of the campaign's service type or any. */
  record JobCompletion() implements Trigger {}

  /** A customer or project entered a stage. */
  record StageChange(
      String subject, @Nullable String from, String to, @Nullable Condition condition)
      implements Trigger {}

  /** A date of the customer lies so many days ago (positive) or ahead (negative). */
  record TimeBased(String dateField, int days, @Nullable Condition condition) implements Trigger {}

  /** An activity or custom event was recorded. */
  record Event(String name, @Nullable Condition condition) implements Trigger {}

  /** Only by hand, API or import. */
  record Manual() implements Trigger {}
}
