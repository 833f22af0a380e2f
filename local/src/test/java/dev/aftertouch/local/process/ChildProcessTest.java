package dev.aftertouch.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.local.process.ChildProcess.Command;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void writesOutputAndEnvironmentToTheLog() {
    ChildProcess child =
        ChildProcess.start(shell("echo said $WORD; echo wrong >&2").with(Map.of("WORD", "hello")));

    assertThat(Pause.until(SOON, () -> !child.isAlive())).isTrue();
    assertThat(child.lastLines(2)).isEqualTo("said hello\nwrong");
  }

  @Test
  void endsPolitelyWhenTheChildListens() {
    ChildProcess child =
        ChildProcess.start(
            shell("trap 'echo polite; exit 0' TERM; echo ready; while :; do sleep 0.1; done"));
    assertThat(Pause.until(SOON, () -> child.lastLines(1).equals("ready"))).isTrue();

    child.stop();

    assertThat(child.lastLines(1)).isEqualTo("polite");
    assertThat(isAlive(child.pid())).isFalse();
  }

  @Test
  void killsAChildThatDoesNotListen() {
    ChildProcess child =
        ChildProcess.start(
            shell("trap '' TERM; echo ready; while :; do sleep 0.1; done")
                .stoppedBy("TERM", Duration.ofSeconds(1)));
    assertThat(Pause.until(SOON, () -> child.lastLines(1).equals("ready"))).isTrue();

    child.stop();

    assertThat(isAlive(child.pid())).isFalse();
  }

  @Test
  void killIsImmediate() {
    ChildProcess child = ChildProcess.start(shell("trap '' TERM; while :; do sleep 0.1; done"));

    child.kill();

    assertThat(isAlive(child.pid())).isFalse();
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void endsWithItsParentEvenWhenThatIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx32m",
                "-cp",
                ProjectRoot.codeOf(ChildProcess.class) + ":" + ProjectRoot.codeOf(ParentMain.class),
                ParentMain.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      long child = Long.parseLong(String.valueOf(out.readLine()));
      assertThat(isAlive(child)).isTrue();

      parent.destroyForcibly();

      assertThat(Pause.until(SOON, () -> !isAlive(child))).isTrue();
    }
  }

  /** Starts a child that would run for long, says its process id and waits. */
  static final class ParentMain {
    private ParentMain() {}

    public static void main(String[] arguments) {
      Path directory = Path.of(arguments[0]);
      ChildProcess child =
          ChildProcess.start(
              new Command("sleeper", List.of("sleep", "600"), directory, directory.resolve("log")));
      System.out.println(child.pid());
      Pause.until(Duration.ofMinutes(10), () -> false);
    }
  }

  private Command shell(String script) {
    return new Command(
        "child", List.of("/bin/sh", "-c", script), directory, directory.resolve("child.log"));
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
