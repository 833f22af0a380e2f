package dev.aftertouch.local.commands;

import dev.aftertouch.local.process.Trouble;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends a CSV file of finished jobs through the gateway. Exit code 2 when rows were refused. */
@Command(name = "import", description = "Imports finished jobs from a CSV file.")
public final class Import implements Callable<Integer> {
  private static final int REFUSED_ROWS = 2;

  @Parameters(paramLabel = "FILE.csv")
  private @Nullable Path file;

  @Option(names = "--dry-run", description = "Only check; nothing is followed up.")
  private boolean dryRun;

  @Option(names = "--as", description = "The user; owner@demo.example unless told.")
  private String email = "owner@demo.example";

  @Option(names = "--password", description = "demo unless told.")
  private String password = "demo";

  @Override
  public Integer call() throws FileNotFoundException {
    if (file == null || !Files.isReadable(file)) {
      throw new Trouble("There is no readable file " + file + ".");
    }
    String gateway = RunningSystem.get().urls().gateway();
    HttpResponse<String> response =
        SignIn.send(
            HttpRequest.newBuilder(URI.create(gateway + "/api/jobs/import?dry_run=" + dryRun))
                .header("Content-Type", "text/csv; charset=utf-8")
                .header("Authorization", "Bearer " + SignIn.token(gateway, email, password))
                .POST(BodyPublishers.ofFile(file))
                .build());
    return report(response);
  }

  private int report(HttpResponse<String> response) {
    if (!response.headers().firstValue("Content-Type").orElse("").contains("json")) {
      throw new Trouble(
          "The import failed: the gateway answered %d.".formatted(response.statusCode()));
    }
    JsonNode answer = JsonMapper.builder().build().readTree(response.body());
    answer.path("notes").forEach(note -> System.out.println(line(note)));
    JsonNode errors = answer.path("errors");
    errors.forEach(error -> System.out.println(line(error)));
    if (response.statusCode() / 100 != 2) {
      throw new Trouble(
          "%s: %s"
              .formatted(
                  answer.path("title").asString("The import was refused"),
                  answer.path("detail").asString("status " + response.statusCode())));
    }
    System.out.printf(
        "%s%d of %d rows %s, %d ask for a follow-up, %d are too old for one, %d have errors.%n",
        dryRun ? "Dry run: " : "",
        answer.path("published").asInt(),
        answer.path("rows").asInt(),
        dryRun ? "would be imported" : "were imported",
        answer.path("followed_up").asInt(),
        answer.path("too_old").asInt(),
        errors.size());
    return errors.isEmpty() ? 0 : REFUSED_ROWS;
  }

  private static String line(JsonNode note) {
    return "line %d, %s: %s (%s)"
        .formatted(
            note.path("line").asLong(),
            note.path("field").asString(),
            note.path("message").asString(),
            note.path("code").asString());
  }
}
