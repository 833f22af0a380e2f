package dev.aftertouch.local.commands;

import dev.aftertouch.local.infrastructure.Secrets;
import dev.aftertouch.local.process.ProjectRoot;
import dev.aftertouch.local.process.Trouble;
import dev.aftertouch.local.system.SystemPorts;
import dev.aftertouch.local.system.Urls;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What the supervisor has written down about the system that it runs, for the other commands.
 *
 * @param supervisor the process that everything ends with
 * @param ready whether the start is complete
 * @param pids process ids by name of server or instance
 */
record RunningSystem(
    ProcessHandle supervisor, boolean ready, int portBase, Map<String, Long> pids) {

  /**
   * Where the data of the system lie: {@code AFTERTOUCH_DATA}, else {@code .aftertouch} in the
   * project.
   */
  static Path data() {
    String chosen = System.getenv("AFTERTOUCH_DATA");
    return chosen == null
        ? ProjectRoot.find().resolve(".aftertouch")
        : Path.of(chosen).toAbsolutePath();
  }

  /** What the ports of the next start count from, by {@code AFTERTOUCH_PORT_BASE}. */
  static int chosenPortBase() {
    String base = System.getenv().getOrDefault("AFTERTOUCH_PORT_BASE", "").strip();
    if (base.isEmpty()) {
      return SystemPorts.STANDARD_BASE;
    }
    if (!base.matches("\\d{4,5}")
        || Integer.parseInt(base) < 1024
        || Integer.parseInt(base) > 65000) {
      throw new Trouble(
          "AFTERTOUCH_PORT_BASE must be a number from 1024 to 65000, not " + base + ".");
    }
    return Integer.parseInt(base);
  }

  static RunningSystem get() {
    RunningSystem running =
        find()
            .orElseThrow(
                () -> new Trouble("Aftertouch is not running: start it with ./aftertouch up."));
    if (!running.ready()) {
      throw new Trouble("Aftertouch is still starting: ./aftertouch status shows how far it is.");
    }
    return running;
  }

  /** The system of this data directory, if its supervisor is alive. */
  static Optional<RunningSystem> find() {
    try {
      Path file = file();
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      Properties state = new Properties();
      state.load(new StringReader(Files.readString(file)));
      long started = Long.parseLong(state.getProperty("started"));
      return ProcessHandle.of(Long.parseLong(state.getProperty("supervisor")))
          .filter(process -> process.isAlive() && startOf(process) == started)
          .map(process -> new RunningSystem(process, isReady(state), portBase(state), pids(state)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(boolean ready, int portBase, Map<String, Long> pids) {
    Map<String, String> state = new TreeMap<>();
    state.put("supervisor", Long.toString(ProcessHandle.current().pid()));
    state.put("started", Long.toString(startOf(ProcessHandle.current())));
    state.put("ready", Boolean.toString(ready));
    state.put("port.base", Integer.toString(portBase));
    pids.forEach((name, pid) -> state.put("pid." + name, Long.toString(pid)));
    StringBuilder text = new StringBuilder();
    state.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    try {
      Secrets.write(file(), text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void forget() {
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SystemPorts ports() {
    return SystemPorts.from(portBase);
  }

  Urls urls() {
    return new Urls(ports());
  }

  private static Path file() {
    return data().resolve("running.properties");
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static boolean isReady(Properties state) {
    return Boolean.parseBoolean(state.getProperty("ready"));
  }

  private static int portBase(Properties state) {
    return Integer.parseInt(state.getProperty("port.base"));
  }

  private static Map<String, Long> pids(Properties state) {
    Map<String, Long> pids = new LinkedHashMap<>();
    state.stringPropertyNames().stream()
        .filter(name -> name.startsWith("pid."))
        .sorted()
        .forEach(name -> pids.put(name.substring(4), Long.parseLong(state.getProperty(name))));
    return pids;
  }
}
