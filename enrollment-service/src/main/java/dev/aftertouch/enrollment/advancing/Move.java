package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.engine.journey.EnrollmentState;
import dev.aftertouch.enrollment.paths.Path;
import org.jspecify.annotations.Nullable;

/**
 * An enrollment's way from one state to the next.
 *
 * @param from as it was read and locked
 * @param deferral why the present round was put off; null when it was not
 */
record Move(Path from, EnrollmentState to, int touchesCompleted, @Nullable String deferral) {}
