package dev.aftertouch.local.commands;

import dev.aftertouch.local.process.ProjectRoot;
import dev.aftertouch.local.process.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs another module's program in a JVM of its own, with this terminal as its output. */
final class ModuleJar {
  private ModuleJar() {}

  /** Returns its exit code. */
  static int run(String module, List<String> arguments) throws IOException, InterruptedException {
    Path root = ProjectRoot.find();
    Path jar = root.resolve(module).resolve("target/aftertouch-" + module + ".jar");
    if (!Files.exists(jar)) {
      throw new Trouble(
          "%s is not built (%s is missing): run mvn -DskipTests package.".formatted(module, jar));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command).directory(root.toFile()).inheritIO().start().waitFor();
  }
}
