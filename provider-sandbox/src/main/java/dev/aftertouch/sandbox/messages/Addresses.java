package dev.aftertouch.sandbox.messages;

import java.util.List;
import java.util.Locale;

/** E-mail addresses as senders write them. */
public final class Addresses {
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

  /** Rough on purpose: it finds forgotten parts, it does not judge exotic ones. */
  public static boolean valid(String written) {
    String address = bare(written);
    int at = address.indexOf('@');
    int dot = address.lastIndexOf('.');
    if (at < 1 || dot < at + 2 || dot == address.length() - 1) {
      return false;
    }
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c <= ' ' || (c == '@' && i != at) || "<>\",;".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  static String comparable(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
