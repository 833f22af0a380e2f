package dev.aftertouch.gateway.signin;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts sign-in attempts per network address in windows of one minute. Holds the newest 10,000
 * addresses; safe for use by several threads.
 */
final class Attempts {
  private static final int ADDRESSES = 10_000;
  private static final long WINDOW_SECONDS = 60;

  private record Window(long number, int attempts) {}

  private final int perMinute;
  private final Map<String, Window> windows =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > ADDRESSES;
        }
      };

  Attempts(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Counts an attempt; whether it is still within the limit. */
  synchronized boolean allow(String address, Instant now) {
    long number = Math.floorDiv(now.getEpochSecond(), WINDOW_SECONDS);
    Window before = windows.remove(address);
    int attempts = before == null || before.number() != number ? 1 : before.attempts() + 1;
    windows.put(address, new Window(number, attempts));
    return attempts <= perMinute;
  }
}
