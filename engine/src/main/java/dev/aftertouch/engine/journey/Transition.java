package dev.aftertouch.engine.journey;

import java.util.List;

/**
 * The answer to a signal.
 *
 * @param state where the enrollment stands now; the same as before when the signal is ignored
 * @param note why a signal was ignored, or empty
 */
public record Transition(EnrollmentState state, List<Effect> effects, String note) {}
