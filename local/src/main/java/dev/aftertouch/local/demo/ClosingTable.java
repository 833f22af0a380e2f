package dev.aftertouch.local.demo;

import dev.aftertouch.local.process.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What came of it: this run's counts, and each touch as analytics-service has it. */
final class ClosingTable {
  private static final List<String> COLUMNS =
      List.of(
          "sent",
          "delivered",
          "opened",
          "clicked",
          "replied",
          "opted_out",
          "bounced",
          "complained",
          "skipped",
          "pending");

  private final Api api;
  private final Terminal terminal;

  ClosingTable(Api api, Terminal terminal) {
    this.api = api;
    this.terminal = terminal;
  }

  void show(Tally tally, String campaign, long begin, Instant from, Instant to) {
    Duration real = Duration.ofNanos(System.nanoTime() - begin);
    Duration virtual = Duration.between(from, to);
    terminal.heading(
        "%d days and %d hours in %d seconds"
            .formatted(virtual.toDays(), virtual.toHoursPart(), real.toSeconds()));
    for (Verb verb :
        List.of(
            Verb.ENROLLED,
            Verb.REFUSED,
            Verb.SENT,
            Verb.HELD,
            Verb.PACED,
            Verb.SKIPPED,
            Verb.FAILED,
            Verb.STOPPED,
            Verb.FINISHED)) {
      terminal.say(
          "  %-9s %5d   %s"
              .formatted(verb.word(), tally.total(verb), tally.details(verb))
              .stripTrailing());
    }
    // The figures follow the facts.
    Pause.until(Duration.ofSeconds(2), () -> false);
    terminal.heading("Each touch, of all runs so far");
    StringBuilder head = new StringBuilder("  %-10s".formatted(""));
    COLUMNS.forEach(column -> head.append("%11s".formatted(Words.plain(column))));
    terminal.say(head.toString());
    for (JsonNode touch : api.get("/api/analytics/campaigns/" + campaign).path("touches")) {
      String name = Words.touch(touch.path("channel").asString(""), touch.path("number").asInt());
      StringBuilder line = new StringBuilder("  %-10s".formatted(name));
      COLUMNS.forEach(column -> line.append("%11d".formatted(touch.path(column).asLong(0))));
      terminal.say(line.toString());
    }
  }
}
