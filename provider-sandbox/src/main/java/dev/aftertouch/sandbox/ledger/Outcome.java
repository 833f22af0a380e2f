package dev.aftertouch.sandbox.ledger;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a request ended. */
public enum Outcome {
  /** A message was created, whatever the caller then heard of it. */
  ACCEPTED,
  /** The same idempotency key and payload as before: the first answer again, no message. */
  REPEATED,
  /** No message, and the caller was told so. */
  REJECTED,
  /** No message, and the connection was cut before an answer. */
  CUT,
  /** The other direction: a text from a customer. */
  RECEIVED;

  private final String label = name().toLowerCase(Locale.ROOT);

  public String label() {
    return label;
  }

  static @Nullable Outcome named(@Nullable String label) {
    for (Outcome outcome : values()) {
      if (outcome.label.equals(label)) {
        return outcome;
      }
    }
    return null;
  }
}
