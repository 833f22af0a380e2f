package dev.aftertouch.benchmarks;

import dev.aftertouch.local.process.ProjectRoot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The peers that run on Node, with the Node that they want: fetched by npm below this module's
 * {@code target} when they are first wanted. Where that cannot be, they are told of as not run.
 */
final class NodePeers {
  private static final List<String> FILES = List.of("package.json", "drain.mjs");

  private final Path directory;
  private @Nullable IOException refusal;
  private boolean installed;

  NodePeers(Path directory) {
    this.directory = directory;
  }

  static NodePeers ofThisCheckout() {
    return new NodePeers(ProjectRoot.find().resolve("benchmarks/target/node-peers"));
  }

  /** One of them, with the version that will be fetched. */
  PeerContender.Program program(String name, String described, String mode) throws IOException {
    try (InputStream content = resource("package.json")) {
      String version =
          JsonMapper.shared().readTree(content).path("dependencies").path(name).asString();
      return new PeerContender.Program(name + " " + version, described, running(mode));
    }
  }

  private PeerContender.CommandLine running(String mode) {
    return (timers, warmUp) -> {
      install();
      return List.of(
          directory.resolve("node_modules/node/bin/node").toString(),
          directory.resolve("drain.mjs").toString(),
          mode,
          Integer.toString(timers),
          Integer.toString(warmUp));
    };
  }

  /** Once; what went wrong the first time is not tried again. */
  private void install() throws IOException, InterruptedException {
    if (refusal != null) {
      throw refusal;
    }
    if (installed) {
      return;
    }
    try {
      Files.createDirectories(directory);
      for (String file : FILES) {
        copy(file);
      }
      npmInstall();
      installed = true;
    } catch (IOException failed) {
      refusal = failed;
      throw failed;
    }
  }

  private void copy(String file) throws IOException {
    try (InputStream content = resource(file)) {
      Files.copy(content, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static InputStream resource(String file) throws IOException {
    InputStream content = NodePeers.class.getResourceAsStream("/peers/" + file);
    if (content == null) {
      throw new IOException("there is no " + file);
    }
    return content;
  }

  private void npmInstall() throws IOException, InterruptedException {
    Path log = directory.resolve("npm.log");
    Process npm;
    try {
      npm =
          new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException absent) {
      throw new IOException("there is no npm here", absent);
    }
    if (!npm.waitFor(3, TimeUnit.MINUTES)) {
      npm.destroyForcibly();
      throw new IOException("npm install took more than 3 minutes");
    }
    if (npm.exitValue() != 0) {
      String last = Files.readAllLines(log).stream().reduce("", (before, line) -> line);
      throw new IOException("npm install failed: " + last);
    }
  }
}
