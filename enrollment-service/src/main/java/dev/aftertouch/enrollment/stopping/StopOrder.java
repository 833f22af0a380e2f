package dev.aftertouch.enrollment.stopping;

import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import org.jspecify.annotations.Nullable;

/**
 * An enrollment that shall end early.
 *
 * @param stoppedBy the user, when a person stops it
 */
public record StopOrder(EnrollmentKey enrollment, StopReason reason, @Nullable String stoppedBy) {}
