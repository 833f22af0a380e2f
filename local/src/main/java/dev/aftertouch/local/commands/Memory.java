package dev.aftertouch.local.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How much memory a process and its descendants take, shared pages divided among those that share
 * them.
 */
final class Memory {
  private Memory() {}

  /** In megabytes; 0 where the system does not tell. */
  static long megabytes(long pid) {
    Stream<Long> descendants =
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).map(ProcessHandle::pid);
    return Stream.concat(Stream.of(pid), descendants).mapToLong(Memory::kilobytes).sum() / 1_000;
  }

  private static long kilobytes(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/smaps_rollup"))
          .lines()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
