package dev.aftertouch.enrollment.customers;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** E-mail addresses as entered, made comparable: trimmed, lower-case, the domain in ASCII. */
final class EmailAddresses {
  /** RFC 5321: 254 characters. */
  private static final int LONGEST = 254;

  private static final Pattern FORM =
      Pattern.compile(
          "[^\\s@<>()\\[\\]\",:;\\\\\\p{Cntrl}]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

  private EmailAddresses() {}

  /** The address; empty for anything that is none. */
  static Optional<String> normalised(String entered) {
    String address = entered.strip().toLowerCase(Locale.ROOT);
    int at = address.lastIndexOf('@');
    if (at <= 0 || address.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      String ascii =
          address.substring(0, at + 1)
              + IDN.toASCII(address.substring(at + 1)).toLowerCase(Locale.ROOT);
      boolean dotted = address.startsWith(".") || ascii.contains("..") || ascii.contains(".@");
      return !dotted && FORM.matcher(ascii).matches() ? Optional.of(ascii) : Optional.empty();
    } catch (IllegalArgumentException notADomain) {
      return Optional.empty();
    }
  }
}
