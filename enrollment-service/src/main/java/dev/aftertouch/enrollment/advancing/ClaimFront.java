package dev.aftertouch.enrollment.advancing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Where a claim begins to look. What lies before the end of the last claim was taken: those rows
 * are gone, but the index names them until the next vacuum, and each claim of a burst would step
 * over all of them again. So it begins where the one before it ended (decision 0029).
 */
record ClaimFront(Instant dueAt, UUID businessId) {
  static final ClaimFront BEGINNING = new ClaimFront(Instant.EPOCH, new UUID(0, 0));

  /**
   * The front behind what a claim has taken, before all that it left.
   *
   * @param oldest what this claim found, in its order
   * @param taken of these, in the same order
   */
  ClaimFront after(List<Due> oldest, List<Due> taken) {
    int passed = 0;
    while (passed < taken.size() && taken.get(passed).equals(oldest.get(passed))) {
      passed++;
    }
    if (passed == 0) {
      return this;
    }
    Due last = taken.get(passed - 1);
    return new ClaimFront(last.waiting().dueAt(), last.key().businessId());
  }
}
