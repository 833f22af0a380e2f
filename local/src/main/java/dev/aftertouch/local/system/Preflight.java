package dev.aftertouch.local.system;

import dev.aftertouch.local.process.Ports;
import dev.aftertouch.local.process.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is looked at before anything is started. */
final class Preflight {
  private static final long NEEDED_BYTES = 1_000_000_000;

  private Preflight() {}

  static void check(Options options) {
    checkJars(options);
    checkDisk(options.data(), NEEDED_BYTES);
    checkPorts(options);
  }

  private static void checkJars(Options options) {
    for (Service service : options.services()) {
      Path jar = service.jar(options.projectRoot());
      if (!Files.exists(jar)) {
        throw new Trouble(
            "%s is not built (%s is missing): run mvn -DskipTests package."
                .formatted(service.module(), jar));
      }
    }
  }

  static void checkDisk(Path data, long needed) {
    try {
      Files.createDirectories(data);
      long free = Files.getFileStore(data).getUsableSpace();
      if (free < needed) {
        throw new Trouble(
            "The disk of %s has only %d MB left, and Aftertouch needs %d MB: free some space and try again."
                .formatted(data.toAbsolutePath(), free / 1_000_000, needed / 1_000_000));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkPorts(Options options) {
    options
        .ports()
        .byName()
        .forEach(
            (name, port) -> {
              if (!Ports.isFree(port)) {
                throw new Trouble(
                    """
                    Port %d, which %s needs, is in use: stop what listens there (ss -ltnp 'sport = :%d' shows it), \
                    or choose other ports with AFTERTOUCH_PORT_BASE=9000 ./aftertouch up."""
                        .formatted(port, name, port));
              }
            });
  }
}
