package dev.aftertouch.enrollment.advancing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What each business may have of one claim.
 *
 * @param taken of each business its earliest, at most its share, in the order given
 * @param served the businesses that were seen
 * @param left how many rows were more than a share
 */
record FairShares(List<Due> taken, Set<UUID> served, int left) {
  static FairShares of(List<Due> earliestFirst, int share) {
    Map<UUID, Integer> counts = new HashMap<>();
    List<Due> taken = new ArrayList<>(earliestFirst.size());
    for (Due due : earliestFirst) {
      if (counts.merge(due.key().businessId(), 1, Integer::sum) <= share) {
        taken.add(due);
      }
    }
    return new FairShares(taken, Set.copyOf(counts.keySet()), earliestFirst.size() - taken.size());
  }
}
