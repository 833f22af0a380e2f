package dev.aftertouch.local.commands;

import dev.aftertouch.local.process.Pause;
import dev.aftertouch.local.process.Trouble;
import dev.aftertouch.local.system.Service;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the end of one log, or of each. */
@Command(name = "logs", description = "Shows the logs of a service, or of all.")
public final class Logs implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "SERVICE")
  private Optional<String> service = Optional.empty();

  @Option(names = "--lines", description = "How many lines; 50 unless told.")
  private int lines = 50;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until Ctrl-C.")
  private boolean follow;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    List<Path> logs = chosen();
    List<LineCopy> copies =
        logs.stream()
            .map(
                log -> {
                  LineCopy copy = new LineCopy(log, out);
                  copy.skipAllBut(lines);
                  return copy;
                })
            .toList();
    for (int i = 0; i < logs.size(); i++) {
      if (logs.size() > 1) {
        out.println("==> " + logs.get(i));
      }
      copies.get(i).more();
    }
    while (follow && !Pause.until(Duration.ofMillis(500), () -> false)) {
      copies.forEach(LineCopy::more);
    }
    return 0;
  }

  private List<Path> chosen() throws IOException {
    Path directory = RunningSystem.data().resolve("logs");
    if (!Files.isDirectory(directory)) {
      throw new Trouble("There are no logs yet: start Aftertouch with ./aftertouch up.");
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
      if (service.isEmpty()) {
        return all;
      }
      String name =
          service.flatMap(Service::named).map(Service::module).orElse(service.get()) + ".log";
      return all.stream()
          .filter(log -> log.endsWith(name))
          .findFirst()
          .map(List::of)
          .orElseThrow(
              () ->
                  new Trouble(
                      "There is no log %s; there are: %s."
                          .formatted(
                              name, String.join(", ", all.stream().map(Logs::nameOf).toList()))));
    }
  }

  private static String nameOf(Path log) {
    return log.getFileName().toString().replace(".log", "");
  }
}
