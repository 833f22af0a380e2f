package dev.aftertouch.local.infrastructure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL binaries: those that this project brings, unpacked once per checkout by whoever
 * comes first, or those of the machine where it names a directory of them.
 */
record PostgresInstallation(Path directory) {
  /** Names the directory above {@code bin} of a PostgreSQL of the machine's own. */
  private static final String OWN = "AFTERTOUCH_POSTGRES";

  private static final String VERSION = "18";

  /**
   * Those that are to be used.
   *
   * @throws StartFailure when the machine's own cannot be
   */
  static PostgresInstallation of(Path localTarget) {
    String own = System.getenv().getOrDefault(OWN, "").strip();
    return own.isEmpty() ? in(localTarget) : own(Path.of(own));
  }

  static PostgresInstallation own(Path directory) {
    PostgresInstallation own = new PostgresInstallation(directory.toAbsolutePath());
    Path config = own.program("pg_config");
    String told;
    try {
      Process asked = new ProcessBuilder(config.toString(), "--version").start();
      told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException missing) {
      throw new StartFailure(
          "%s names %s, but %s cannot be run. Name the directory above bin of PostgreSQL %s, or leave it unset."
              .formatted(OWN, directory, config, VERSION));
    }
    if (!told.startsWith("PostgreSQL " + VERSION + ".")) {
      throw new StartFailure(
          "%s names %s, which is %s. PostgreSQL %s is needed; leave it unset for the one that is brought along."
              .formatted(OWN, directory, told, VERSION));
    }
    return own;
  }

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
