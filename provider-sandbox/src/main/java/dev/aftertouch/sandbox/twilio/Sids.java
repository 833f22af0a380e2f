package dev.aftertouch.sandbox.twilio;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Twilio's ids: two letters and 32 hex digits. */
final class Sids {
  private Sids() {}

  static String message() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return "SM" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  static boolean account(String sid) {
    return sid.length() == 34 && sid.startsWith("AC");
  }
}
