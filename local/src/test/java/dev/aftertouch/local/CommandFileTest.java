package dev.aftertouch.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.local.process.ProjectRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bash file {@code ./aftertouch}: which JDK it takes, and what it says where there is none. */
class CommandFileTest {
  @TempDir private Path directory;

  private record Answer(int code, String text) {}

  @Test
  void takesJavaHomeWhenItIsNewEnough() throws Exception {
    Path given = jdk("given", "21.0.2");
    jdk("jvm/newer", "25");

    assertThat(ask(Map.of("JAVA_HOME", given.toString())))
        .isEqualTo(new Answer(0, given.toString()));
  }

  @Test
  void takesTheJavaOnThePathBeforeSearching() throws Exception {
    Path onPath = jdk("on-path", "23");
    jdk("jvm/newer", "25");

    assertThat(ask(Map.of("PATH", onPath + "/bin:/usr/bin:/bin")))
        .isEqualTo(new Answer(0, onPath.toString()));
  }

  @Test
  void takesTheNewestFoundWhenTheDefaultIsTooOld() throws Exception {
    Path old = jdk("old", "17.0.15");
    jdk("jvm/a", "21.0.1");
    Path newest = jdk("jvm/b", "25.0.1");
    jdk("jvm/c", "1.8.0_402");

    assertThat(ask(Map.of("JAVA_HOME", old.toString(), "PATH", old + "/bin:/usr/bin:/bin")))
        .isEqualTo(new Answer(0, newest.toString()));
  }

  @Test
  void doesNotTakeARuntimeWithoutACompiler() throws Exception {
    Path runtime = jdk("jvm/runtime", "25");
    Files.delete(runtime.resolve("bin/javac"));
    Path complete = jdk("jvm/complete", "21");

    assertThat(ask(Map.of())).isEqualTo(new Answer(0, complete.toString()));
  }

  @Test
  void asksTheJavaItselfWhereThereIsNoReleaseFile() throws Exception {
    Path silent = jdk("jvm/silent", "22.0.1");
    Files.delete(silent.resolve("release"));

    assertThat(ask(Map.of())).isEqualTo(new Answer(0, silent.toString()));
  }

  @Test
  void saysInOneSentenceWhatToDoWithoutAny() throws Exception {
    jdk("jvm/old", "17.0.15");

    Answer answer = ask(Map.of());

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.text())
        .startsWith("Aftertouch needs a JDK 21 or newer, and none was found: install one")
        .hasLineCount(1);
  }

  @Test
  void explainsItselfWithoutAnyJdk() throws Exception {
    assertThat(run(Map.of(), "help").text())
        .contains("./aftertouch up", "./aftertouch demo", "./aftertouch test");
  }

  private Answer ask(Map<String, String> environment) throws Exception {
    return run(environment, "jdk");
  }

  private Answer run(Map<String, String> environment, String command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(ProjectRoot.find().resolve("aftertouch").toString(), command)
            .redirectErrorStream(true);
    Map<String, String> complete =
        new HashMap<>(Map.of("HOME", directory.toString(), "PATH", toolsOnly()));
    complete.put("AFTERTOUCH_JDKS", directory.resolve("jvm") + "/*");
    complete.putAll(environment);
    builder.environment().clear();
    builder.environment().putAll(complete);
    Process process = builder.start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Answer(process.waitFor(), text);
  }

  /** A PATH with what the file uses, and no java. */
  private String toolsOnly() throws IOException {
    Path tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool :
        new String[] {"bash", "cat", "dirname", "env", "grep", "head", "readlink", "sed"}) {
      for (String place : new String[] {"/bin", "/usr/bin"}) {
        Path original = Path.of(place, tool);
        if (Files.exists(original) && !Files.exists(tools.resolve(tool))) {
          Files.createSymbolicLink(tools.resolve(tool), original);
        }
      }
    }
    return tools.toString();
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(directory.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
    for (String program : new String[] {"java", "javac"}) {
      Path file = home.resolve("bin").resolve(program);
      Files.writeString(file, "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return home;
  }
}
