package dev.aftertouch.local.infrastructure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** The unpacked PostgreSQL binaries: unpacked once per checkout, by whoever comes first. */
record PostgresInstallation(Path directory) {

  /** Finds them below {@code local/target}, where the build has put the archive. */
  static PostgresInstallation in(Path localTarget) {
    Path directory = localTarget.resolve("postgres");
    try (FileChannel lock =
            FileChannel.open(
                localTarget.resolve("postgres.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var held = lock.lock()) {
      if (!Files.exists(directory)) {
        unpack(archive(localTarget), directory);
      }
      return new PostgresInstallation(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be unpacked to " + directory, e);
    }
  }

  Path program(String name) {
    return directory.resolve("bin").resolve(name);
  }

  private static Path archive(Path localTarget) throws IOException {
    try (Stream<Path> files = Files.list(localTarget.resolve("postgres-archive"))) {
      return files
          .filter(file -> file.toString().endsWith(".txz"))
          .findFirst()
          .orElseThrow(
              () -> new IOException("no archive of PostgreSQL; build the module local first"));
    }
  }

  private static void unpack(Path archive, Path directory) throws IOException {
    Path unfinished = directory.resolveSibling("postgres.unfinished");
    Files.createDirectories(unfinished);
    Process tar =
        new ProcessBuilder("tar", "-x", "-C", unfinished.toString())
            .inheritIO()
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (InputStream in =
            new XZInputStream(new BufferedInputStream(Files.newInputStream(archive)));
        OutputStream out = tar.getOutputStream()) {
      in.transferTo(out);
    }
    try {
      if (tar.waitFor() != 0) {
        throw new IOException("tar ended with " + tar.exitValue() + " for " + archive);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
  }
}
