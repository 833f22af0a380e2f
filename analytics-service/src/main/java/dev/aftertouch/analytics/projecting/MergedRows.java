package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.kafka.TryAgainException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * Rows that are merged in memory: those that are there are read, what was seen is added to each,
 * and what that has changed is written back to where it was read. Their lanes are locked, so nobody
 * else writes them meanwhile. Where somebody did all the same, because a customer's facts changed
 * lanes, the row has left its place and the batch begins again. Where it goes without saying what a
 * row is before a fact, the row need not be read: it is written if it is that.
 *
 * @param <K> the key
 * @param <T> a row
 */
interface MergedRows<K, T> {
  /**
   * A row and where it was read.
   *
   * @param place null while there is none
   */
  record Placed<T>(@Nullable String place, T row) {}

  K key(T row);

  /** Both together; which of them comes first does not matter. */
  T merged(T row, T seen);

  /**
   * Merges what was seen into rows that are exactly as one expects before that, without reading
   * them; the changes made. All others are left as they are, to be read.
   */
  default List<Changed<T>> mergeUnread(Collection<T> seen) {
    return List.of();
  }

  /** The rows that are there of those that were seen. */
  Map<K, Placed<T>> read(Collection<T> seen);

  /** Adds rows that are not there. */
  void add(List<Placed<T>> rows);

  /** Writes rows to their places; how many of them were still there. */
  int replace(List<Placed<T>> rows);

  /**
   * Merges what was seen into the rows. Each key once, in order; what has changed by that, in no
   * order.
   */
  default List<Changed<T>> merge(Collection<T> seen) {
    if (seen.isEmpty()) {
      return List.of();
    }
    List<Changed<T>> changed = new ArrayList<>(mergeUnread(seen));
    if (changed.size() < seen.size()) {
      Set<K> done = HashSet.newHashSet(changed.size());
      changed.forEach(change -> done.add(key(change.after())));
      changed.addAll(mergeRead(seen.stream().filter(one -> !done.contains(key(one))).toList()));
    }
    return changed;
  }

  private List<Changed<T>> mergeRead(Collection<T> seen) {
    Map<K, Placed<T>> there = read(seen);
    List<Changed<T>> changed = new ArrayList<>(seen.size());
    List<Placed<T>> added = new ArrayList<>();
    List<Placed<T>> replaced = new ArrayList<>();
    for (T one : seen) {
      Placed<T> known = there.get(key(one));
      T row = known == null ? one : merged(known.row(), one);
      if (known == null) {
        added.add(new Placed<>(null, row));
        changed.add(new Changed<>(null, row));
      } else if (!row.equals(known.row())) {
        replaced.add(new Placed<>(known.place(), row));
        changed.add(new Changed<>(known.row(), row));
      }
    }
    try {
      if (!added.isEmpty()) {
        add(added);
      }
    } catch (DuplicateKeyException meanwhile) {
      throw new TryAgainException("Another lane has just added rows of this batch", meanwhile);
    }
    if (!replaced.isEmpty() && replace(replaced) < replaced.size()) {
      throw new TryAgainException("Another lane has just changed rows of this batch");
    }
    return changed;
  }
}
