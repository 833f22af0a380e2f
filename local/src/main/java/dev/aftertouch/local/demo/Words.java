package dev.aftertouch.local.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Codes of the system in the words of a person. */
final class Words {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

  private Words() {}

  /** Such as {@code e-mail 2}. */
  static String touch(String channel, int number) {
    return (channel.equals("sms") ? "text " : "e-mail ") + number;
  }

  /** Such as {@code quiet hours} for {@code quiet_hours}. */
  static String plain(String code) {
    return code.replace('_', ' ').replace("email", "e-mail").replace("sms", "text");
  }

  /** Why a touch was skipped. */
  static String skip(String channel, String reason) {
    return reason.equals("no_address")
        ? channel.equals("sms") ? "no phone" : "no e-mail"
        : plain(reason);
  }

  /** When a held touch may leave, in the customer's time. */
  static String until(Instant until, String reason, List<ZoneId> zones) {
    ZoneId shown = zones.getFirst();
    String where =
        zones.size() == 1 ? shown.getId() : "in all %d possible zones".formatted(zones.size());
    return "until %s (%s, %s)".formatted(HOUR.format(until.atZone(shown)), plain(reason), where);
  }

  /** When a paced touch may leave, in the business's time. */
  static String pacedUntil(Instant until, ZoneId zone, int anHour) {
    return "until %s (%d an hour)".formatted(HOUR.format(until.atZone(zone)), anHour);
  }
}
