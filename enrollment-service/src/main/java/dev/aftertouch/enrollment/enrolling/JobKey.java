package dev.aftertouch.enrollment.enrolling;

import java.util.UUID;

/** A job of a business. */
record JobKey(UUID businessId, String jobId) {}
