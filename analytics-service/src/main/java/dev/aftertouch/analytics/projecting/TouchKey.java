package dev.aftertouch.analytics.projecting;

import java.util.Comparator;
import java.util.UUID;

/** A touch by its natural key. */
record TouchKey(UUID businessId, UUID enrollmentId, int number) implements Comparable<TouchKey> {
  private static final Comparator<TouchKey> ORDER =
      Comparator.comparing(TouchKey::businessId)
          .thenComparing(TouchKey::enrollmentId)
          .thenComparingInt(TouchKey::number);

  EnrollmentKey enrollment() {
    return new EnrollmentKey(businessId, enrollmentId);
  }

  @Override
  public int compareTo(TouchKey other) {
    return ORDER.compare(this, other);
  }
}
