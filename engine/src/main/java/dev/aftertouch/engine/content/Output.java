package dev.aftertouch.engine.content;

import java.io.Writer;

/** A writer into memory without the lock of StringWriter. */
final class Output extends Writer {
  private final StringBuilder text;

  Output(int size) {
    this.text = new StringBuilder(size);
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    text.append(characters, offset, length);
  }

  @Override
  public void write(String words) {
    text.append(words);
  }

  @Override
  public void write(String words, int offset, int length) {
    text.append(words, offset, offset + length);
  }

  @Override
  public void write(int character) {
    text.append((char) character);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return text.toString();
  }
}
