package dev.aftertouch.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for JVMs of the same JDK as this one, kept small. */
public final class Java {
  private Java() {}

  /** The java launcher that runs this process, with flags that keep a JVM small on two cores. */
  public static List<String> small(int heapMegabytes) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:NewRatio=1",
                "-XX:+ExitOnOutOfMemoryError",
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
