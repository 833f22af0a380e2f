package dev.aftertouch.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
public final class SettableClock implements InstantSource {
  private volatile Instant now;

  SettableClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves it to that instant. */
  public void set(Instant instant) {
    now = instant;
  }

  /** Moves it forward. */
  public void advance(Duration by) {
    now = now.plus(by);
  }
}
