package dev.aftertouch.local.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A Boot jar taken apart into its libraries and one jar of its own classes. So unpacked it starts
 * faster, and the JVM can archive its loaded classes, which it cannot do with jars inside a jar.
 *
 * <p>Each build of a jar gets a directory of its own: a running system may still open the jars of
 * an older one. Libraries of others lie beside it, the same file for all services and builds, so
 * that one archive of their classes serves all builds.
 *
 * @param libraries jars of others
 * @param own jars of this project
 */
record UnpackedApplication(String mainClass, List<Path> libraries, List<Path> own) {
  private static final String CLASSES = "BOOT-INF/classes/";
  private static final String LIBRARIES = "BOOT-INF/lib/";
  private static final String OWN_LIBRARIES = LIBRARIES + "aftertouch-";
  private static final int KEPT_BUILDS = 2;

  /** True for a jar that Boot has repackaged; others run as they are. */
  static boolean isPacked(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getEntry(LIBRARIES) != null;
    }
  }

  /** Unpacks below the given directory, unless somebody has done so since the jar was built. */
  static UnpackedApplication of(Path jar, Path parent, String name) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Path directory = parent.resolve(name + "-" + fingerprint(file));
      if (!Files.exists(directory)) {
        Files.createDirectories(parent);
        Path unfinished = Files.createTempDirectory(parent, "unfinished");
        unpack(file, unfinished);
        publish(unfinished, directory);
        deleteEarlierBuilds(parent, name);
      }
      share(file, parent);
      String mainClass = file.getManifest().getMainAttributes().getValue("Start-Class");
      return new UnpackedApplication(mainClass, libraries(file, parent), own(file, directory));
    }
  }

  /** Of the content: builds are reproducible, so that all of them bear the same date. */
  private static String fingerprint(JarFile file) {
    CRC32 sum = new CRC32();
    for (JarEntry entry : Collections.list(file.entries())) {
      sum.update(
          "%s %x %d".formatted(entry.getName(), entry.getCrc(), entry.getSize()).getBytes(UTF_8));
    }
    return "%08x".formatted(sum.getValue());
  }

  private static void unpack(JarFile file, Path directory) throws IOException {
    Files.createDirectories(directory.resolve("lib"));
    try (OutputStream out = Files.newOutputStream(directory.resolve("application.jar"));
        JarOutputStream application = new JarOutputStream(out)) {
      for (JarEntry entry : Collections.list(file.entries())) {
        String name = entry.getName();
        try (InputStream content = file.getInputStream(entry)) {
          if (name.startsWith(CLASSES) && !name.equals(CLASSES)) {
            // Directories too: without them Spring's search for components finds nothing.
            application.putNextEntry(new JarEntry(name.substring(CLASSES.length())));
            content.transferTo(application);
          } else if (isOwn(entry)) {
            Files.copy(content, own(directory, entry), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  /**
   * Adds the libraries that are not there yet, whoever unpacked the application. Keeps the file of
   * an earlier build: archives know libraries by their dates too.
   */
  private static void share(JarFile file, Path parent) throws IOException {
    for (JarEntry entry : Collections.list(file.entries())) {
      if (!isLibrary(entry) || Files.exists(library(parent, entry))) {
        continue;
      }
      Path library = library(parent, entry);
      Files.createDirectories(library.getParent());
      Path unfinished = Files.createTempFile(library.getParent(), "unfinished", "");
      try (InputStream content = file.getInputStream(entry)) {
        Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(unfinished, library, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Another JVM may have been faster; then theirs is as good. */
  private static void publish(Path unfinished, Path directory) throws IOException {
    try {
      Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      delete(unfinished);
      if (!Files.exists(directory)) {
        throw e;
      }
    }
  }

  private static void deleteEarlierBuilds(Path parent, String name) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      List<Path> newestFirst =
          files
              .filter(file -> file.getFileName().toString().matches(name + "-[0-9a-f]{8}"))
              .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified()).reversed())
              .toList();
      for (Path old : newestFirst.stream().skip(KEPT_BUILDS).toList()) {
        delete(old);
      }
    }
  }

  private static List<Path> libraries(JarFile file, Path parent) {
    return Collections.list(file.entries()).stream()
        .filter(UnpackedApplication::isLibrary)
        .map(entry -> library(parent, entry))
        .toList();
  }

  private static List<Path> own(JarFile file, Path directory) {
    return Stream.concat(
            Stream.of(directory.resolve("application.jar")),
            Collections.list(file.entries()).stream()
                .filter(UnpackedApplication::isOwn)
                .map(entry -> own(directory, entry)))
        .toList();
  }

  private static boolean isOwn(JarEntry entry) {
    return entry.getName().startsWith(OWN_LIBRARIES);
  }

  private static boolean isLibrary(JarEntry entry) {
    return entry.getName().startsWith(LIBRARIES) && !entry.isDirectory() && !isOwn(entry);
  }

  private static Path own(Path directory, JarEntry entry) {
    return directory.resolve("lib").resolve(entry.getName().substring(LIBRARIES.length()));
  }

  /** Named by its content too: two builds may have libraries that differ and are called alike. */
  private static Path library(Path parent, JarEntry entry) {
    return parent
        .resolve("libraries")
        .resolve("%08x".formatted(entry.getCrc()))
        .resolve(entry.getName().substring(LIBRARIES.length()));
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
