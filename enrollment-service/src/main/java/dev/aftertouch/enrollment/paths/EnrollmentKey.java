package dev.aftertouch.enrollment.paths;

import java.util.Comparator;
import java.util.UUID;

/** An enrollment of a business. */
public record EnrollmentKey(UUID businessId, UUID enrollmentId) {
  /**
   * The order in which whoever changes several enrollments locks them: PostgreSQL's order of their
   * ids, which compares bytes without a sign.
   */
  public static final Comparator<EnrollmentKey> LOCK_ORDER =
      (one, other) -> {
        UUID a = one.enrollmentId();
        UUID b = other.enrollmentId();
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
      };
}
