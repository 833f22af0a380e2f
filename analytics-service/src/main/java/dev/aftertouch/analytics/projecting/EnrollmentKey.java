package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.RowType;
import java.util.Comparator;
import java.util.UUID;

/** An enrollment by its natural key. */
record EnrollmentKey(UUID businessId, UUID enrollmentId) implements Comparable<EnrollmentKey> {
  static final RowType<EnrollmentKey> ROW =
      RowType.<EnrollmentKey>of("enrollment_key")
          .uuid("business_id", EnrollmentKey::businessId)
          .uuid("enrollment_id", EnrollmentKey::enrollmentId);

  private static final Comparator<EnrollmentKey> ORDER =
      Comparator.comparing(EnrollmentKey::businessId).thenComparing(EnrollmentKey::enrollmentId);

  @Override
  public int compareTo(EnrollmentKey other) {
    return ORDER.compare(this, other);
  }
}
