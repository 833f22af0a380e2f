package dev.aftertouch.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** CPU time and memory of processes with all their descendants, from /proc. */
final class ProcessFigures {
  private static final long MICROS_PER_TICK = 10_000;

  private ProcessFigures() {}

  /** CPU time used so far, microseconds, by name; that of children that have ended too. */
  static Map<String, Long> cpuMicros(Map<String, Long> pids) {
    return each(pids, ProcessFigures::cpuMicros);
  }

  /**
   * Resident memory, megabytes; pages shared between PostgreSQL's processes count once, by their
   * proportional share.
   */
  static Map<String, Long> memoryMb(Map<String, Long> pids) {
    return each(pids, ProcessFigures::proportionalKb).entrySet().stream()
        .collect(
            LinkedHashMap::new, (all, e) -> all.put(e.getKey(), e.getValue() / 1024), Map::putAll);
  }

  private interface Reading {
    long of(long pid) throws IOException;
  }

  private static Map<String, Long> each(Map<String, Long> pids, Reading reading) {
    Map<String, Long> figures = new LinkedHashMap<>();
    pids.forEach(
        (name, pid) ->
            figures.put(name, family(pid).mapToLong(member -> quietly(reading, member)).sum()));
    return figures;
  }

  private static Stream<Long> family(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .map(ProcessHandle::pid);
  }

  private static long quietly(Reading reading, long pid) {
    try {
      return reading.of(pid);
    } catch (IOException ended) {
      return 0;
    }
  }

  private static long cpuMicros(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long userTicks = Long.parseLong(afterName[11]);
    long systemTicks = Long.parseLong(afterName[12]);
    // A connection or a vacuum that ended has left its time with the process that started it.
    long endedChildren = Long.parseLong(afterName[13]) + Long.parseLong(afterName[14]);
    return (userTicks + systemTicks + endedChildren) * MICROS_PER_TICK;
  }

  private static long proportionalKb(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
