package dev.aftertouch.local.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Imports the jobs, after a dry run that says what is odd. */
final class Importing {
  private final Api api;
  private final Terminal terminal;

  Importing(Api api, Terminal terminal) {
    this.api = api;
    this.terminal = terminal;
  }

  void show(String csv) {
    JsonNode report = api.postCsv("/api/jobs/import?dry_run=true", csv);
    terminal.heading("demo/jobs.csv, checked first");
    terminal.say(
        "%d rows: %d jobs can be imported, %d of them to be followed up."
            .formatted(
                report.path("rows").asInt(),
                report.path("published").asInt(),
                report.path("followed_up").asInt()));
    for (JsonNode error : report.path("errors")) {
      terminal.say(
          "  line %d is left out: %s".formatted(error.path("line").asInt(), message(error)));
    }
    Map<String, StringBuilder> lines = new LinkedHashMap<>();
    for (JsonNode note : report.path("notes")) {
      StringBuilder at = lines.computeIfAbsent(message(note), text -> new StringBuilder());
      at.append(at.isEmpty() ? "" : ", ").append(note.path("line").asInt());
    }
    lines.forEach((text, at) -> terminal.say("  line %s: %s".formatted(at, text)));
    JsonNode done = api.postCsv("/api/jobs/import?dry_run=false", csv);
    terminal.say("Imported: %d jobs.".formatted(done.path("published").asInt()));
  }

  private static String message(JsonNode note) {
    return note.path("message").asString("");
  }
}
