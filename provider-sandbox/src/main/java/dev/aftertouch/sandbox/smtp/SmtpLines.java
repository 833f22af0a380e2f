package dev.aftertouch.sandbox.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The wire: lines that end in CR LF, and data that ends in a line of one dot. */
final class SmtpLines {
  private static final int MAX_LINE = 4096;

  private final InputStream in;

  SmtpLines(InputStream in) {
    this.in = new BufferedInputStream(in, 16 * 1024);
  }

  /** What the data turned out to be; a bare CR or LF in it smells of smuggling. */
  sealed interface Data {
    record Whole(byte[] bytes) implements Data {}

    record TooLarge() implements Data {}

    record BareLineBreak() implements Data {}
  }

  /** True where the client has sent more already, so that an answer may wait for company. */
  boolean moreAtHand() throws IOException {
    return in.available() > 0;
  }

  /** The next command without its line end; null when the client has gone. */
  @Nullable String command() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      if (line.size() >= MAX_LINE) {
        return null;
      }
      line.write(b);
    }
    return null;
  }

  /** Reads to the dot, takes doubled dots away; null when the client has gone. */
  @Nullable Data data(int maxBytes) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(4096);
    boolean bare = false;
    boolean lineStart = true;
    for (int b = in.read(); b >= 0; b = in.read()) {
      boolean dotted = lineStart && b == '.';
      if (dotted) {
        b = in.read();
      }
      if (b == '\r') {
        b = in.read();
        if (b == '\n') {
          if (dotted) {
            return ended(whole, bare, maxBytes);
          }
          keep(whole, maxBytes, '\r');
          keep(whole, maxBytes, '\n');
          lineStart = true;
          continue;
        }
        bare = true;
      }
      bare |= b == '\n';
      lineStart = false;
      keep(whole, maxBytes, b);
    }
    return null;
  }

  private static void keep(ByteArrayOutputStream whole, int maxBytes, int b) {
    if (whole.size() <= maxBytes) {
      whole.write(b);
    }
  }

  private static Data ended(ByteArrayOutputStream whole, boolean bare, int maxBytes) {
    if (bare) {
      return new Data.BareLineBreak();
    }
    return whole.size() > maxBytes ? new Data.TooLarge() : new Data.Whole(whole.toByteArray());
  }
}
