package dev.aftertouch.sandbox.messages;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whom the sandbox stands in for. */
public enum Provider {
  RESEND,
  TWILIO,
  SMTP;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in JSON: {@code resend}, {@code twilio}, {@code smtp}. */
  public String label() {
    return label;
  }

  public static @Nullable Provider named(@Nullable String label) {
    for (Provider provider : values()) {
      if (provider.label.equals(label)) {
        return provider;
      }
    }
    return null;
  }
}
