package dev.aftertouch.enrollment.paths;

import java.util.UUID;

/** An enrollment of a business. */
public record EnrollmentKey(UUID businessId, UUID enrollmentId) {}
