package dev.aftertouch.local.process;

/**
 * Something that the person at the keyboard can put right; the message says what happened and what
 * to do.
 */
public class Trouble extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Trouble(String message) {
    super(message);
  }
}
