package dev.aftertouch.sandbox.webhooks;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * One thing to tell the caller.
 *
 * @param headers asked for anew at each attempt, because a signature holds the time
 * @param what for the records, such as {@code email.delivered}
 */
public record Webhook(
    String messageId,
    String what,
    URI target,
    Supplier<List<String>> headers,
    byte[] body,
    Retries retries) {

  /**
   * @param delays before the second attempt, the third, and so on; real time
   * @param on which failures are worth another attempt
   */
  public record Retries(List<Duration> delays, On on) {}

  /** Which failures are worth another attempt. */
  public enum On {
    /** Anything but 2xx. */
    ANY_FAILURE,
    /** Only where no connection came about. */
    NO_CONNECTION
  }
}
