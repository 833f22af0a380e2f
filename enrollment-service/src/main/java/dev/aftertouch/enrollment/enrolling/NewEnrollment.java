package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.engine.journey.PlannedTouch;
import dev.aftertouch.enrollment.paths.Path;
import java.time.Instant;
import java.util.List;

/** An enrollment about to be written: it waits for its first step. */
record NewEnrollment(
    Path path, Waiting waiting, String source, List<PlannedTouch> plan, Instant enrolledAt) {}
