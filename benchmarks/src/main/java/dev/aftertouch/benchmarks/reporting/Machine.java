package dev.aftertouch.benchmarks.reporting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What every figure holds for. */
public final class Machine {
  private Machine() {}

  /** Processors and the load that others put on them just now, by the last minute's average. */
  public static Map<String, Object> conditions() throws IOException {
    Map<String, Object> conditions = new TreeMap<>();
    conditions.put("processors", Runtime.getRuntime().availableProcessors());
    conditions.put(
        "load_average_before",
        Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]));
    return conditions;
  }
}
