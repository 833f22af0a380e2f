package dev.aftertouch.local.demo;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Tells what happened, line by line, in the business's time. */
final class Terminal {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("EEE dd MMM HH:mm", Locale.ENGLISH);

  private final PrintWriter out;
  private final boolean coloured;
  private final ZoneId zone;

  Terminal(PrintWriter out, boolean coloured, ZoneId zone) {
    this.out = out;
    this.coloured = coloured;
    this.zone = zone;
  }

  void tell(List<Happening> happenings) {
    Coalescing.of(happenings).forEach(this::line);
    out.flush();
  }

  /** A line of its own, such as for a stretch of time that is left out. */
  void aside(String text) {
    out.println(in(Colour.DIM, text));
    out.flush();
  }

  void say(String text) {
    out.println(text);
    out.flush();
  }

  void heading(String text) {
    out.println();
    out.println(in(Colour.BOLD, text));
    out.flush();
  }

  String time(Instant at) {
    return MINUTE.format(at.atZone(zone));
  }

  private void line(Happening h) {
    String verb = in(h.verb().colour(), "%-9s".formatted(h.verb().word()));
    String text = "%-20s %-36s %s".formatted(h.what(), h.who(), h.more()).stripTrailing();
    out.println(in(Colour.DIM, time(h.at())) + "  " + verb + " " + text);
  }

  private String in(Colour colour, String text) {
    return coloured ? colour.of(text) : text;
  }
}
