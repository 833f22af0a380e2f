package dev.aftertouch.benchmarks;

import dev.aftertouch.benchmarks.noop.NoOpPublishing;
import dev.aftertouch.local.process.ChildProcess;
import dev.aftertouch.local.process.Java;
import dev.aftertouch.local.process.ProjectRoot;
import dev.aftertouch.local.system.Service;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * enrollment-service as it was built, with the configuration that it has just run with, and one
 * class more: {@link NoOpPublishing}. That class comes by the loader's path of Boot, as an
 * auto-configuration.
 */
final class NoOpService {
  private static final int HEAP_MEGABYTES = 192;
  private static final String IMPORTS =
      "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

  private final Path data;

  /**
   * @param data where the system keeps the service's configuration
   */
  NoOpService(Path data) {
    this.data = data;
  }

  /** What the service was handed, the warm-up included. */
  record Counts(long distinct, long twice) {}

  Running start() throws IOException {
    Path addition = data.resolve("no-op");
    copyClass(NoOpPublishing.class, addition);
    for (Class<?> nested : NoOpPublishing.class.getDeclaredClasses()) {
      copyClass(nested, addition);
    }
    Path imports = addition.resolve(IMPORTS);
    Files.createDirectories(imports.getParent());
    Files.writeString(imports, NoOpPublishing.class.getName() + "\n");
    Path counts = addition.resolve("counts");
    Files.deleteIfExists(counts);

    List<String> line = new ArrayList<>(Java.small(HEAP_MEGABYTES));
    line.addAll(
        List.of(
            "-D" + NoOpPublishing.COUNTS + "=" + counts,
            "-Dloader.path=" + addition,
            "-cp",
            jar().toString(),
            "org.springframework.boot.loader.launch.PropertiesLauncher",
            "--spring.config.additional-location=file:"
                + data.resolve("config").resolve(Service.ENROLLMENT.module() + ".properties")));
    ChildProcess process =
        ChildProcess.start(
            new ChildProcess.Command("no-op", line, data, data.resolve("logs/no-op.log"))
                .stoppedBy("TERM", Duration.ofSeconds(30)));
    return new Running(process, counts);
  }

  private static Path jar() {
    String module = Service.ENROLLMENT.module();
    return ProjectRoot.find().resolve(module + "/target/aftertouch-" + module + ".jar");
  }

  private static void copyClass(Class<?> type, Path directory) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    Path target = directory.resolve(file);
    Files.createDirectories(target.getParent());
    try (InputStream content = NoOpService.class.getResourceAsStream("/" + file)) {
      if (content == null) {
        throw new IOException("There is no " + file);
      }
      Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A service that runs; closing ends it. */
  record Running(ChildProcess process, Path counts) implements AutoCloseable {
    long pid() {
      return process.pid();
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** Ends it politely and answers what it saw. */
    Counts stop() throws IOException {
      process.stop();
      String[] written = Files.readString(counts).split(" ", 2);
      return new Counts(Long.parseLong(written[0]), Long.parseLong(written[1]));
    }

    @Override
    public void close() {
      process.stop();
    }
  }
}
