package dev.aftertouch.engine.time;

import java.time.LocalTime;

/**
 * A part of every day, half-open: {@code start} belongs to it and {@code end} does not. A window
 * whose start lies after its end runs over midnight, so 21:00-08:00 is the night. Start and end
 * must differ and be whole seconds.
 */
public record Window(LocalTime start, LocalTime end) {
  public Window {
    if (start.equals(end)) {
      throw new IllegalArgumentException("A window must not start and end at " + start);
    }
    if (start.getNano() != 0 || end.getNano() != 0) {
      throw new IllegalArgumentException("A window must start and end on a whole second");
    }
  }

  /** Whether that time of day lies in it. */
  public boolean contains(LocalTime time) {
    return containsSecond(time.toSecondOfDay());
  }

  /** The rest of the day: starts where this ends. */
  public Window complement() {
    return new Window(end, start);
  }

  /** Whether it runs over midnight. */
  public boolean wraps() {
    return start.isAfter(end);
  }

  @Override
  public String toString() {
    return start + "-" + end;
  }

  boolean containsSecond(int secondOfDay) {
    int from = start.toSecondOfDay();
    int until = end.toSecondOfDay();
    return from < until
        ? secondOfDay >= from && secondOfDay < until
        : secondOfDay >= from || secondOfDay < until;
  }
}
