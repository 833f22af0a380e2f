package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.engine.journey.PlannedTouch;
import dev.aftertouch.enrollment.paths.Path;
import java.time.Instant;
import java.util.List;

/**
 * An enrollment about to be written: it waits for its first step.
 *
 * @param customerRevision of the customer, who is locked
 */
record NewEnrollment(
    Path path,
    long customerRevision,
    Waiting waiting,
    String source,
    List<PlannedTouch> plan,
    Instant enrolledAt) {}
