package dev.aftertouch.analytics.projecting;

import java.util.Comparator;
import java.util.UUID;

/** An enrollment by its natural key. */
record EnrollmentKey(UUID businessId, UUID enrollmentId) implements Comparable<EnrollmentKey> {
  private static final Comparator<EnrollmentKey> ORDER =
      Comparator.comparing(EnrollmentKey::businessId).thenComparing(EnrollmentKey::enrollmentId);

  @Override
  public int compareTo(EnrollmentKey other) {
    return ORDER.compare(this, other);
  }
}
