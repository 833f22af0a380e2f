package dev.aftertouch.local.process;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the project lies: the directory above that holds {@code .mvn}. */
public final class ProjectRoot {
  private ProjectRoot() {}

  /** Found upward from these classes, else from the working directory. */
  public static Path find() {
    return above(codeOf(ProjectRoot.class))
        .or(() -> above(Path.of("").toAbsolutePath()))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Run this inside the Aftertouch project: no .mvn directory above."));
  }

  /** The jar or the classes directory that a class was loaded from. */
  public static Path codeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Path> above(Path start) {
    for (Path path = start; path != null; path = path.getParent()) {
      if (Files.isDirectory(path.resolve(".mvn"))) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }
}
