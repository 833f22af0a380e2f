package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** How long claimed touches may still be handed over. */
public interface HandOverWindows {
  /**
   * From that instant until the window ends in which each may leave, the lease at most; zero where
   * it is shut. A touch of which too little is known any more to tell is absent. In the caller's
   * transaction.
   */
  Map<Key, Duration> left(Collection<StoredTouch> touches, Instant now);
}
