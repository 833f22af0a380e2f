package dev.aftertouch.local.demo;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The business that plays, as far as the demo speaks of it. */
record Business(String name, ZoneId zone, int emailsPerHour, int textsPerHour, JsonNode settings) {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm", Locale.ENGLISH);

  static Business read(JsonNode business) {
    JsonNode settings = business.path("settings");
    JsonNode pacing = settings.path("pacing");
    return new Business(
        business.path("name").asString("The business"),
        ZoneId.of(settings.path("time_zone").asString("UTC")),
        pacing.path("emails_per_hour").asInt(0),
        pacing.path("texts_per_hour").asInt(0),
        settings);
  }

  int perHour(String channel) {
    return channel.equals("sms") ? textsPerHour : emailsPerHour;
  }

  String time(java.time.Instant at) {
    return CLOCK.format(at.atZone(zone));
  }
}
