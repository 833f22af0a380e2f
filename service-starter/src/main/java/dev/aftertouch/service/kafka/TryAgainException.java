package dev.aftertouch.service.kafka;

/**
 * Thrown by a handler when what it needs has not arrived yet: the whole batch is handed in again
 * after a pause, in order.
 */
public final class TryAgainException extends RuntimeException {
  /** Says what is missing, with ids only. */
  public TryAgainException(String message) {
    super(message, null, false, false);
  }

  public TryAgainException(String message, Throwable cause) {
    super(message, cause);
  }
}
