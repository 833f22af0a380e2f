package dev.aftertouch.dispatch.sending;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who takes messages. */
public enum ProviderName {
  RESEND(true),
  TWILIO(false),
  SMTP(false);

  private final boolean honoursKeys;

  ProviderName(boolean honoursKeys) {
    this.honoursKeys = honoursKeys;
  }

  /**
   * Whether the same key and bytes sent again are the same message (Resend: for 24 hours). Where
   * not, a lost answer is never followed by a second try.
   */
  public boolean honoursKeys() {
    return honoursKeys;
  }

  /**
   * Whether a refusal with that code says that the recipient has opted out at the provider: a stop
   * (Twilio: https://www.twilio.com/docs/api/errors/21610).
   */
  public boolean meansOptedOut(@Nullable String code) {
    return this == TWILIO && "21610".equals(code);
  }

  /** The word used in JSON, SQL and topics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The provider of that code. */
  public static ProviderName of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
