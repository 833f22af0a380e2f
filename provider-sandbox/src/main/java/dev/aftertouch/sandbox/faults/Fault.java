package dev.aftertouch.sandbox.faults;

import dev.aftertouch.sandbox.messages.Provider;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One way of failing.
 *
 * @param provider null for every provider
 * @param probability 0 to 1, drawn for each request that matches
 * @param delayMillis how long the provider takes before it does anything; with any kind
 * @param remaining how many more times it strikes; negative for without end
 * @param to only where this text is part of the recipient's address; null for all
 */
public record Fault(
    @Nullable Provider provider,
    Kind kind,
    double probability,
    long delayMillis,
    long remaining,
    @Nullable String to) {

  public enum Kind {
    /** Slow, then as if nothing had been. */
    DELAY,
    /** 429 with Retry-After; nothing accepted. */
    TOO_MANY_REQUESTS,
    /** 500; nothing accepted. */
    SERVER_ERROR,
    /** Accepts the message, answers 500. */
    SERVER_ERROR_AFTER_ACCEPT,
    /** Accepts the message, cuts the connection. */
    ACCEPT_THEN_CUT,
    /** Cuts the connection; nothing accepted. */
    CUT_BEFORE,
    /** Refuses the credentials; nothing accepted. */
    UNAUTHORIZED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Kind named(@Nullable String label) {
      for (Kind kind : values()) {
        if (kind.label().equals(label)) {
          return kind;
        }
      }
      return null;
    }
  }

  boolean matches(Provider asked, String recipient) {
    return remaining != 0
        && (provider == null || provider == asked)
        && (to == null || recipient.contains(to));
  }

  /** Runs the action after the fault's delay; at once where there is no fault or no delay. */
  public static void afterDelay(@Nullable Fault fault, Runnable action) {
    if (fault == null || fault.delayMillis() == 0) {
      action.run();
    } else {
      CompletableFuture.delayedExecutor(
              fault.delayMillis(), TimeUnit.MILLISECONDS, task -> Thread.ofVirtual().start(task))
          .execute(action);
    }
  }

  Fault struckOnce() {
    return remaining < 0
        ? this
        : new Fault(provider, kind, probability, delayMillis, remaining - 1, to);
  }
}
