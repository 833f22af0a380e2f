package dev.aftertouch.local.commands;

import dev.aftertouch.local.ClockFile;
import dev.aftertouch.local.system.Readiness;
import dev.aftertouch.local.system.Service;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says what runs. Exit code 0 when all of it is ready, 3 when nothing runs or something is not
 * ready.
 */
@Command(name = "status", description = "Says what runs, where, and how much memory it takes.")
public final class Status implements Callable<Integer> {
  private static final int NOT_READY = 3;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  private record Line(String name, String state, long pid, long memoryMegabytes) {}

  @Override
  public Integer call() {
    Optional<RunningSystem> running = RunningSystem.find();
    List<Line> lines = running.map(Status::lines).orElse(List.of());
    boolean ready =
        running.filter(RunningSystem::ready).isPresent()
            && lines.stream().allMatch(line -> line.state().equals("ready"));
    if (json) {
      printJson(running, lines, ready);
    } else {
      printTable(running, lines);
    }
    return ready ? 0 : NOT_READY;
  }

  private static List<Line> lines(RunningSystem running) {
    List<Line> lines = new ArrayList<>();
    running
        .pids()
        .forEach(
            (name, pid) ->
                lines.add(new Line(name, state(running, name, pid), pid, Memory.megabytes(pid))));
    return lines;
  }

  private static String state(RunningSystem running, String name, long pid) {
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      return "ended";
    }
    boolean ready =
        Service.named(name)
            .map(service -> Readiness.isReady(service, running.urls().of(service)))
            .orElse(true);
    return ready ? "ready" : "not ready";
  }

  private static void printTable(Optional<RunningSystem> running, List<Line> lines) {
    if (running.isEmpty()) {
      System.out.println("Aftertouch is not running.");
      return;
    }
    if (!running.get().ready()) {
      System.out.println("Aftertouch is starting.");
      return;
    }
    for (Line line : lines) {
      System.out.printf(
          "%-20s %-10s process %-8d %5d MB%n",
          line.name(), line.state(), line.pid(), line.memoryMegabytes());
    }
    System.out.printf("%-20s %-10s %16s %5d MB%n", "together", "", "", total(lines));
    Addresses.print(
        new java.io.PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8),
        running.get());
  }

  private static void printJson(Optional<RunningSystem> running, List<Line> lines, boolean ready) {
    ClockFile clock = new ClockFile(RunningSystem.data().resolve("clock.properties"));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("running", running.isPresent());
    document.put("ready", ready);
    document.put("clock", clock.now().truncatedTo(ChronoUnit.MILLIS).toString());
    document.put("speed", clock.speed());
    document.put("memory_mb", total(lines));
    running.ifPresent(found -> document.put("gateway", found.urls().gateway()));
    running.ifPresent(found -> document.put("sandbox", found.urls().sandbox()));
    document.put(
        "processes",
        lines.stream()
            .map(
                line ->
                    Map.of(
                        "name", line.name(),
                        "state", line.state(),
                        "pid", line.pid(),
                        "memory_mb", line.memoryMegabytes()))
            .toList());
    System.out.println(
        JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(document));
  }

  private static long total(List<Line> lines) {
    return lines.stream().mapToLong(Line::memoryMegabytes).sum();
  }
}
