package dev.aftertouch.local.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aftertouch.local.process.ChildProcess.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Archives of the classes that programs load from their libraries, parsed, verified and linked:
 * with one a JVM needs half the CPU to start. (CDS, in the static form that JDK 21 has too.)
 *
 * <p>A program that starts without its archive may write down which classes it loads, which costs
 * it nothing; {@link #makeMissing} makes the archive of that, in a process of its own. An archive
 * is of one JDK, its flags and one list of libraries: whatever changes in them is another archive.
 * A program's own jars come after its libraries on the class path and are not archived, so that a
 * new build starts with the archive of the last one. An archive that does not fit is not an error:
 * the JVM starts without.
 */
public final class ClassArchives {
  private static final int KEPT = 2;
  private static final String UNFINISHED = ".unfinished";
  private static final Duration GIVEN_UP_AFTER = Duration.ofHours(1);

  private final Path directory;
  private final Optional<Path> lists;
  private final Map<Path, Missing> missing = new LinkedHashMap<>();
  private final Set<Path> used = ConcurrentHashMap.newKeySet();

  private record Missing(String program, Path archive, Path list, String libraries) {}

  private ClassArchives(Path directory, Optional<Path> lists) {
    this.directory = directory;
    this.lists = lists;
  }

  /** Uses the archives that are in the directory, and makes none. */
  public static ClassArchives in(Path directory) {
    return new ClassArchives(directory, Optional.empty());
  }

  /** The same, and has programs without an archive list their classes in the other directory. */
  public static ClassArchives listing(Path directory, Path lists) {
    return new ClassArchives(directory, Optional.of(lists));
  }

  /**
   * The JVM's arguments for a class path of a program.
   *
   * @param libraries jars that rarely change; their order counts
   * @param own jars or directories of the program itself
   */
  public List<String> arguments(String program, List<Path> libraries, List<Path> own)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    Path archive = directory.resolve(program + "-" + fingerprint(libraries) + ".jsa");
    if (Files.exists(archive)) {
      used.add(archive);
      arguments.addAll(
          List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=error"));
    } else {
      list(program, archive, libraries)
          .ifPresent(list -> arguments.add("-XX:DumpLoadedClassList=" + list));
    }
    List<Path> all = new ArrayList<>(libraries);
    all.addAll(own);
    arguments.addAll(List.of("-cp", joined(all)));
    return arguments;
  }

  /** Where the first process of a program lists its classes; nowhere for a further one. */
  private Optional<Path> list(String program, Path archive, List<Path> libraries)
      throws IOException {
    synchronized (missing) {
      if (lists.isEmpty() || missing.containsKey(archive)) {
        return Optional.empty();
      }
      Path list = Files.createDirectories(lists.get()).resolve(program + ".classes");
      Files.deleteIfExists(list);
      missing.put(archive, new Missing(program, archive, list, joined(libraries)));
      return Optional.of(list);
    }
  }

  /** How many programs have been given an archive. */
  public int used() {
    return used.size();
  }

  /**
   * Makes them of what the programs have loaded up to now, one after another and behind everything
   * else that wants the cores. A minute or two of CPU; half of one is forgotten when told to end.
   */
  public void makeMissing(Path log, BooleanSupplier ending) throws IOException {
    List<Missing> all;
    synchronized (missing) {
      all = List.copyOf(missing.values());
    }
    for (Missing one : all) {
      if (!ending.getAsBoolean()) {
        make(one, log, ending);
      }
    }
  }

  private void make(Missing one, Path log, BooleanSupplier ending) throws IOException {
    if (!Files.exists(one.list())) {
      return;
    }
    Files.createDirectories(directory);
    deleteGivenUp();
    Path classes = one.list().resolveSibling(one.program() + ".libraries");
    Files.write(classes, ofLibraries(Files.readString(one.list())), UTF_8);
    Path unfinished = Files.createTempFile(directory, one.program(), UNFINISHED);
    ChildProcess process =
        ChildProcess.start(
            new Command("archive", command(classes, unfinished, one.libraries()), directory, log));
    while (process.isAlive()) {
      Pause.briefly();
      if (ending.getAsBoolean()) {
        process.kill();
      }
    }
    if (process.endedWell()) {
      Files.move(unfinished, one.archive(), StandardCopyOption.ATOMIC_MOVE);
      deleteEarlier(one.program());
    }
    Files.deleteIfExists(unfinished);
    Files.deleteIfExists(classes);
    Files.deleteIfExists(one.list());
  }

  private static List<String> command(Path classes, Path archive, String libraries) {
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
    command.addAll(Java.small(256));
    command.add("-Xshare:dump");
    command.add("-XX:SharedClassListFile=" + classes);
    command.add("-XX:SharedArchiveFile=" + archive);
    if (Runtime.version().feature() >= 24) {
      command.add("-XX:+AOTClassLinking");
    }
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error", "-cp", libraries));
    return command;
  }

  /** Whole lines only: the program may still be writing. Neither own classes nor loaders of it. */
  private static List<String> ofLibraries(String list) {
    return list.substring(0, list.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> !line.contains("dev/aftertouch/") && !line.contains("dev.aftertouch."))
        .filter(line -> !line.contains(" source: "))
        .toList();
  }

  /** Of all that the JVM compares, and of the flags that decide how it lays its classes out. */
  private static String fingerprint(List<Path> libraries) throws IOException {
    CRC32 sum = new CRC32();
    sum.update((Runtime.version() + " " + Java.small(1)).getBytes(UTF_8));
    for (Path library : libraries) {
      sum.update(
          "%s %d %d"
              .formatted(
                  library, Files.size(library), Files.getLastModifiedTime(library).toMillis())
              .getBytes(UTF_8));
    }
    return "%08x".formatted(sum.getValue());
  }

  /** What somebody left who was killed while making one. */
  private void deleteGivenUp() throws IOException {
    Instant before = InstantSource.system().instant().minus(GIVEN_UP_AFTER);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(file -> file.toString().endsWith(UNFINISHED)).toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private void deleteEarlier(String program) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> newestFirst =
          files
              .filter(file -> file.getFileName().toString().matches(program + "-[0-9a-f]{8}\\.jsa"))
              .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified()).reversed())
              .toList();
      for (Path old : newestFirst.stream().skip(KEPT).toList()) {
        Files.deleteIfExists(old);
      }
    }
  }

  private static String joined(List<Path> classPath) {
    return String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList());
  }
}
