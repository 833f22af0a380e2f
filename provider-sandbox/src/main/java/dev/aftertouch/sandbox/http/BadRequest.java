package dev.aftertouch.sandbox.http;

/** The caller's fault, in a sentence that the caller may read. */
public final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String sentence;

  public BadRequest(String sentence) {
    super(sentence, null, false, false);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
