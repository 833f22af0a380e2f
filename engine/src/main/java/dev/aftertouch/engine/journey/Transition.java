package dev.aftertouch.engine.journey;

import java.util.List;

/**
 * The answer to a signal.
 *
 * @param state where the enrollment stands now; the same as before when the signal is ignored
 * @param note why a signal was ignored, or empty
 */
public record Transition(EnrollmentState state, List<Effect> effects, String note) {
  public Transition {
    effects = List.copyOf(effects);
  }

  /** The signal changes something. */
  static Transition to(EnrollmentState state, List<Effect> effects) {
    return new Transition(state, effects, "");
  }

  /** The signal comes too late, too early or again. */
  static Transition ignored(EnrollmentState state, String why) {
    return new Transition(state, List.of(), why);
  }
}
