package dev.aftertouch.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.local.process.ChildProcess.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.Version;

class ClassArchivesTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Path OWN = ProjectRoot.codeOf(ClassArchivesTest.class);

  @TempDir private Path directory;
  private Path library;

  /** Its own code is not archived, the library's is. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      System.out.println("said " + Version.unknownVersion());
    }
  }

  @BeforeEach
  void copyTheLibrary() throws Exception {
    library =
        Files.copy(ProjectRoot.codeOf(Version.class), directory.resolve("library.jar"))
            .toAbsolutePath();
  }

  @Test
  void startsFromTheArchiveThatAnEarlierStartHasListed() throws Exception {
    make();
    ClassArchives later = ClassArchives.in(directory.resolve("archives"));

    assertThat(run(later)).contains("said 0.0.0");
    assertThat(later.used()).isEqualTo(1);
    assertThat(loadedFrom("tools.jackson.core.Version")).contains("shared objects file");
    assertThat(loadedFrom(Program.class.getName())).doesNotContain("shared objects file");
  }

  @Test
  void makesNoneWhenToldToEnd() throws Exception {
    ClassArchives archives = listing();
    run(archives);

    archives.makeMissing(directory.resolve("log"), () -> true);

    assertThat(archives()).isEmpty();
  }

  @Test
  void doesWithoutWhenTheLibraryHasChanged() throws Exception {
    make();
    Files.setLastModifiedTime(library, FileTime.fromMillis(1));
    ClassArchives later = ClassArchives.in(directory.resolve("archives"));

    assertThat(run(later)).contains("said 0.0.0");
    assertThat(later.used()).isZero();
  }

  @Test
  void startsWithoutAnArchiveThatIsBroken() throws Exception {
    make();
    Files.writeString(archives().getFirst(), "not an archive");

    assertThat(run(ClassArchives.in(directory.resolve("archives")))).contains("said 0.0.0");
  }

  private ClassArchives listing() {
    return ClassArchives.listing(directory.resolve("archives"), directory.resolve("lists"));
  }

  private void make() throws Exception {
    ClassArchives first = listing();
    assertThat(run(first)).contains("said 0.0.0");
    assertThat(first.used()).isZero();
    first.makeMissing(directory.resolve("log"), () -> false);
    assertThat(archives()).hasSize(1);
  }

  private List<Path> archives() throws Exception {
    Path archives = Files.createDirectories(directory.resolve("archives"));
    try (var files = Files.list(archives)) {
      return files.toList();
    }
  }

  private String run(ClassArchives archives) throws Exception {
    List<String> command = new ArrayList<>(Java.small(64));
    command.addAll(archives.arguments("program", List.of(library), List.of(OWN)));
    command.add("-Xlog:class+load:file=" + directory.resolve("loaded"));
    command.add(Program.class.getName());
    ChildProcess process =
        ChildProcess.start(new Command("program", command, directory, directory.resolve("out")));
    assertThat(Pause.until(SOON, () -> !process.isAlive())).isTrue();
    return process.lastLines(1);
  }

  private String loadedFrom(String type) throws Exception {
    return Files.readAllLines(directory.resolve("loaded")).stream()
        .filter(line -> line.contains(" " + type + " "))
        .findFirst()
        .orElseThrow();
  }
}
