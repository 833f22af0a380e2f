package dev.aftertouch.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Command lines for JVMs of the same JDK as this one, kept small. */
public final class Java {
  private static final int FIRST_HEAP_MEGABYTES = 32;

  /** The environment of a small JVM: threads that share few arenas leave less memory unused. */
  public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

  private Java() {}

  /** One that does little: it is compiled once and quickly, which halves the CPU of its start. */
  public static List<String> smallAndQuick(int heapMegabytes) {
    List<String> line = small(heapMegabytes);
    line.add("-XX:TieredStopAtLevel=1");
    return line;
  }

  /**
   * One that works without pause: two fifths of its heap are young from the beginning, so that it
   * does not collect garbage all the time while the rest is small. Its heap lies in huge pages
   * where the system gives them to who asks.
   */
  public static List<String> smallAndBusy(int heapMegabytes) {
    int young = heapMegabytes * 2 / 5;
    List<String> line = small(heapMegabytes);
    line.add("-Xmn" + young + "m");
    line.add("-Xms" + (FIRST_HEAP_MEGABYTES + young) + "m");
    line.add("-XX:+UseTransparentHugePages");
    return line;
  }

  /** The java launcher that runs this process, with flags that keep a JVM small on two cores. */
  public static List<String> small(int heapMegabytes) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Grows when it is needed: by itself it would begin with all of it.
                "-Xms" + Math.min(FIRST_HEAP_MEGABYTES, heapMegabytes) + "m",
                "-Xmx" + heapMegabytes + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:NewRatio=1",
                "-XX:+ExitOnOutOfMemoryError",
                // For the registry; an archive fits only what is opened as when it was made.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC"));
    if (Runtime.version().feature() >= 25) {
      line.add("-XX:+UseCompactObjectHeaders");
    }
    if (Runtime.version().feature() >= 24) {
      line.add("--sun-misc-unsafe-memory-access=allow");
      line.add("--enable-native-access=ALL-UNNAMED");
    }
    return line;
  }
}
