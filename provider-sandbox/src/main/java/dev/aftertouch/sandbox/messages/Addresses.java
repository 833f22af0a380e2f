package dev.aftertouch.sandbox.messages;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** E-mail addresses as senders write them. */
public final class Addresses {
  /** Rough on purpose: it finds forgotten parts, it does not judge exotic ones. */
  private static final Pattern PLAIN =
      Pattern.compile("[^\\s@<>\",;]+@[^\\s@<>\",;]+\\.[^\\s@<>\",;.]+");

  private Addresses() {}

  /** The address in {@code Name <address>} or in a plain one, in lower case. */
  public static String bare(String written) {
    int open = written.lastIndexOf('<');
    int close = written.lastIndexOf('>');
    String address = open >= 0 && close > open ? written.substring(open + 1, close) : written;
    return comparable(address.strip());
  }

  public static String bare(List<String> written) {
    return written.size() == 1
        ? bare(written.getFirst())
        : String.join(",", written.stream().map(Addresses::bare).toList());
  }

  public static boolean valid(String written) {
    return PLAIN.matcher(bare(written)).matches();
  }

  static String comparable(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
