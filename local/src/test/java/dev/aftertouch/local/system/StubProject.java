package dev.aftertouch.local.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A project whose campaign-service is {@link StubService}, on the real servers. */
final class StubProject {
  private StubProject() {}

  /** Options for a system with its data below the given directory. */
  static Options in(Path directory) throws IOException {
    Path root = directory.resolve("project");
    Path jar = Service.CAMPAIGN.jar(root);
    if (!Files.exists(jar)) {
      Files.createDirectories(root.resolve("campaign-service/target"));
      write(jar);
    }
    return new Options(
        root,
        directory.resolve("data"),
        SystemPorts.free(),
        EnumSet.of(Service.CAMPAIGN),
        1,
        false,
        Map.of(),
        Map.of());
  }

  private static void write(Path jar) throws IOException {
    String entry = StubService.class.getName().replace('.', '/') + ".class";
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubService.class.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream content = StubService.class.getResourceAsStream("StubService.class")) {
      if (content == null) {
        throw new IllegalStateException("no " + entry);
      }
      out.putNextEntry(new JarEntry(entry));
      content.transferTo(out);
    }
  }
}
