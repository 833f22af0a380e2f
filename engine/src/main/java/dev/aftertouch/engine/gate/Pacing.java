package dev.aftertouch.engine.gate;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The slots that one business has given away on one channel, by the minute. A touch over the limit
 * is not tried again and again: it is given the first free slot, in the order of asking, and keeps
 * it.
 *
 * <p>Invariant: with one limit, no 60 minutes contain more than that many slots. A slot is the
 * whole minute that it lies in, and 60 minutes touch up to 61 minutes of the clock, so it is every
 * {@value #SPAN} consecutive minutes that are counted.
 *
 * <p>A minute that lies in a full span can never take another slot, so it is jumped over for good
 * (a path-compressed chain): asking is amortised constant time however long the queue. Not safe for
 * use by several threads.
 */
public final class Pacing {
  /** Minutes of the clock that any 60 minutes can touch. */
  static final int SPAN = 61;

  private static final int MINUTE = 60;
  private static final int ROOM = 256;

  /** Twenty years: as far ahead as slots are given. */
  private static final long HORIZON = 20L * 366 * 1440;

  /**
   * No slot is given before this minute of the epoch: what lay more than {@code SPAN} before it has
   * been forgotten.
   */
  private long floor;

  private long base;
  private int[] counts = new int[0];

  /**
   * {@code spans[i]}: slots in the {@code SPAN} minutes that begin with minute {@code base + i}.
   */
  private int[] spans = new int[0];

  /** {@code free[i]}: itself while minute i may take a slot, else a later minute to ask. */
  private int[] free = new int[0];

  private int limit;
  private long version;

  /** An empty ledger. */
  public Pacing() {
    this(0, 0);
  }

  Pacing(long version, long floor) {
    this.version = version;
    this.floor = floor;
  }

  /** Grows by one with every slot given. */
  public long version() {
    return version;
  }

  /**
   * Gives away the first slot, not before {@code earliest}, that the recipient allows and the limit
   * leaves free. It is {@code earliest} itself when its minute is free, else an opening of the
   * recipient's window or the beginning of a minute.
   *
   * @param limit most slots in any 60 minutes
   * @param earliest an instant that the recipient allows
   * @param nextAllowed the first allowed instant that is not before the given one; null when there
   *     is none
   * @return null when the limit is below 1, or the recipient allows no time any more, or the next
   *     free slot is twenty years away; nothing is reserved then
   */
  public @Nullable Instant reserve(
      int limit, Instant earliest, Function<Instant, @Nullable Instant> nextAllowed) {
    if (limit < 1) {
      return null;
    }
    apply(limit);
    long wanted = minuteOf(earliest);
    if (counts.length > 0 && wanted - base > HORIZON) {
      return null;
    }
    long minute = firstFree(Math.max(wanted, floor));
    Instant slot = earliest;
    while (minute != wanted) {
      if (minute - base > HORIZON) {
        return null;
      }
      Instant start = Instant.ofEpochSecond(minute * MINUTE);
      Instant allowed = nextAllowed.apply(start);
      if (allowed == null) {
        return null;
      }
      slot = allowed;
      wanted = Math.max(minuteOf(allowed), minute);
      minute = firstFree(wanted);
    }
    take(minute, 1);
    version++;
    return slot;
  }

  /**
   * Forgets what no slot from {@code now} on depends on. No slot before now is given afterwards.
   */
  public void prune(Instant now) {
    long minute = minuteOf(now);
    if (minute <= floor) {
      return;
    }
    floor = minute;
    long keepFrom = floor - SPAN;
    if (counts.length > 0 && keepFrom - base > ROOM) {
      rebuild(keepFrom);
    }
  }

  /** Slots given in the minute of that instant, as far as it is not forgotten. */
  public int reservedIn(Instant instant) {
    long index = minuteOf(instant) - base;
    return index < 0 || index >= counts.length ? 0 : counts[(int) index];
  }

  long floor() {
    return floor;
  }

  /** Visits the minutes that hold slots and are not forgotten, in order. */
  void forEach(Entries entries) {
    for (int i = (int) Math.max(0, floor - SPAN - base); i < counts.length; i++) {
      if (counts[i] > 0) {
        entries.entry(base + i, counts[i]);
      }
    }
  }

  /** Puts back what was stored. */
  void restore(long minute, int count) {
    if (counts.length > 0 && minute - base > HORIZON) {
      throw new IllegalArgumentException("A pacing ledger does not reach that far");
    }
    reach(minute);
    take(minute, count);
  }

  /** Receives a minute of the epoch and its slots. */
  @FunctionalInterface
  interface Entries {
    void entry(long minute, int count);
  }

  static long minuteOf(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), MINUTE);
  }

  private void apply(int newLimit) {
    if (newLimit == limit) {
      return;
    }
    limit = newLimit;
    for (int i = 0; i < free.length; i++) {
      free[i] = i;
    }
    for (int i = 0; i < spans.length; i++) {
      if (spans[i] >= limit) {
        block(i);
      }
    }
  }

  private long firstFree(long minute) {
    reach(minute);
    int found = root((int) (minute - base));
    while (found >= counts.length - SPAN) {
      // The end of the arrays is kept free of slots; the search ran into it.
      reach(base + found + 1);
      found = root(found);
    }
    return base + found;
  }

  private void take(long minute, int count) {
    int index = (int) (minute - base);
    counts[index] += count;
    for (int start = Math.max(0, index - SPAN + 1); start <= index; start++) {
      spans[start] += count;
      if (limit > 0 && spans[start] >= limit) {
        block(start);
      }
    }
  }

  /** No minute of the full span that begins there takes another slot. */
  private void block(int start) {
    int end = Math.min(start + SPAN, free.length - 1);
    for (int i = root(start); i < end; i = root(i)) {
      free[i] = i + 1;
    }
  }

  private int root(int index) {
    int root = index;
    while (free[root] != root) {
      root = free[root];
    }
    for (int i = index; free[i] != root; ) {
      int next = free[i];
      free[i] = root;
      i = next;
    }
    return root;
  }

  /** Makes room for that minute, a span before and two spans after it. */
  private void reach(long minute) {
    if (counts.length == 0) {
      base = minute - SPAN;
      resize(ROOM);
    } else if (minute - SPAN < base) {
      rebuild(minute - SPAN);
    }
    long needed = minute - base + 2 * SPAN + 1;
    if (needed > counts.length) {
      resize((int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, counts.length * 2L)));
    }
  }

  private void resize(int size) {
    int old = counts.length;
    counts = Arrays.copyOf(counts, size);
    spans = Arrays.copyOf(spans, size);
    free = Arrays.copyOf(free, size);
    for (int i = old; i < size; i++) {
      free[i] = i;
    }
  }

  /** Moves the arrays to another beginning; minutes before it are forgotten. */
  private void rebuild(long newBase) {
    int[] old = counts;
    long oldBase = base;
    int last = old.length - 1;
    while (last >= 0 && old[last] == 0) {
      last--;
    }
    base = newBase;
    counts = new int[0];
    spans = new int[0];
    free = new int[0];
    long until = Math.max(oldBase + last, newBase + SPAN);
    resize((int) (until - newBase) + 2 * SPAN + ROOM);
    for (int i = Math.max(0, (int) Math.min(old.length, newBase - oldBase)); i <= last; i++) {
      if (old[i] > 0) {
        take(oldBase + i, old[i]);
      }
    }
  }
}
