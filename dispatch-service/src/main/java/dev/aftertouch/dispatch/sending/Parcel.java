package dev.aftertouch.dispatch.sending;

import java.util.List;
import java.util.UUID;

/**
 * What one call hands over: one message, or several of the same provider. A repeat has the same key
 * and the same messages in the same order.
 *
 * @param key the provider's idempotency key
 */
public record Parcel(UUID key, List<Handover> messages) {
  /** Checks that one provider takes all. */
  public Parcel {
    messages = List.copyOf(messages);
    for (Handover message : messages) {
      if (message.provider() != messages.getFirst().provider()) {
        throw new IllegalArgumentException("A parcel is of one provider");
      }
    }
  }

  /** One message alone; its attempt is the key. */
  public static Parcel of(Handover message) {
    return new Parcel(message.attempt(), List.of(message));
  }

  ProviderName provider() {
    return messages.getFirst().provider();
  }

  /** Whether it is one message alone, whose attempt is the key. */
  public boolean isOne() {
    return messages.size() == 1;
  }

  /** The only one. */
  Handover message() {
    if (!isOne()) {
      throw new IllegalStateException("This provider takes one message at a time");
    }
    return messages.getFirst();
  }

  /** {@link System#nanoTime()} after which no byte may be written. */
  long deadlineNanos() {
    long first = messages.getFirst().deadlineNanos();
    for (Handover message : messages) {
      if (message.deadlineNanos() - first < 0) {
        first = message.deadlineNanos();
      }
    }
    return first;
  }

  /** Whose places it takes: its business's, and nobody's where it is of several. */
  UUID lane() {
    return isOne() ? message().business() : key;
  }
}
