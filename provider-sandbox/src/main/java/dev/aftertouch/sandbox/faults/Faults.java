package dev.aftertouch.sandbox.faults;

import dev.aftertouch.sandbox.messages.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The faults in force. The first in the list that strikes is the one; the seed makes it repeat. */
public final class Faults {
  private final long seed;
  private final List<Fault> faults = new ArrayList<>();
  private Random random;

  /** Read without the lock, so that a day without faults costs nothing. */
  private volatile boolean any;

  public Faults(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** The fault that strikes this request, or null. */
  public @Nullable Fault draw(Provider provider, String recipient) {
    return any ? drawOne(provider, recipient) : null;
  }

  private synchronized @Nullable Fault drawOne(Provider provider, String recipient) {
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      if (fault.matches(provider, recipient) && random.nextDouble() < fault.probability()) {
        faults.set(i, fault.struckOnce());
        return fault;
      }
    }
    return null;
  }

  /** Replaces all and begins the random sequence anew. */
  public synchronized void replace(List<Fault> with) {
    faults.clear();
    faults.addAll(with);
    random = new Random(seed);
    any = !faults.isEmpty();
  }

  public synchronized List<Fault> list() {
    return List.copyOf(faults);
  }
}
