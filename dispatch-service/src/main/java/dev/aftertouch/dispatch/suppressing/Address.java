package dev.aftertouch.dispatch.suppressing;

import dev.aftertouch.engine.definition.Channel;
import java.util.Locale;
import java.util.UUID;

/**
 * Where one business reaches somebody on one channel, normalised: E.164 for texts; lower case
 * without surrounding space for e-mail, and nothing else folded.
 */
public record Address(UUID business, Channel channel, String value) {
  /** An e-mail address, normalised. */
  public static Address email(UUID business, String email) {
    return new Address(business, Channel.EMAIL, email.strip().toLowerCase(Locale.ROOT));
  }

  /** A phone number that is in E.164 already. */
  public static Address phone(UUID business, String e164) {
    return new Address(business, Channel.SMS, e164.strip());
  }

  /** An address of that channel. */
  public static Address of(UUID business, Channel channel, String value) {
    return switch (channel) {
      case EMAIL -> email(business, value);
      case SMS -> phone(business, value);
    };
  }

  @Override
  public String toString() {
    return "Address[" + business + ", " + channel + "]";
  }
}
