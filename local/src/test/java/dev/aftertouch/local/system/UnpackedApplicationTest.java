package dev.aftertouch.local.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedApplicationTest {
  @TempDir private Path directory;

  @Test
  void aLibraryThatIsGoneComesBackWithTheNextStart() throws IOException {
    Path jar = jar();
    UnpackedApplication first = UnpackedApplication.of(jar, directory.resolve("unpacked"), "some");
    Files.delete(first.libraries().getFirst());

    UnpackedApplication second = UnpackedApplication.of(jar, directory.resolve("unpacked"), "some");

    assertThat(second).isEqualTo(first);
    assertThat(second.libraries()).hasSize(1).allSatisfy(file -> assertThat(file).hasContent("x"));
    assertThat(second.own()).hasSize(2).allSatisfy(file -> assertThat(file).exists());
  }

  private Path jar() throws IOException {
    Path jar = directory.resolve("packed.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Start-Class"), "some.Main");
    Map<String, String> entries =
        new TreeMap<>(
            Map.of(
                "BOOT-INF/classes/application.yml", "a: b",
                "BOOT-INF/lib/aftertouch-own-1.jar", "own",
                "BOOT-INF/lib/library-1.jar", "x"));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(UTF_8));
        out.closeEntry();
      }
    }
    return jar;
  }
}
