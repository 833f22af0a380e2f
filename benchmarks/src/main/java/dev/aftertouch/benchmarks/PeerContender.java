package dev.aftertouch.benchmarks;

import dev.aftertouch.local.process.Java;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A peer in a process of its own, which is led line by line: see {@link
 * dev.aftertouch.benchmarks.peers.PeerProcess}.
 */
final class PeerContender implements Contender {
  private static final String DATABASE = "peer";
  private static final int SLOWEST_PER_SECOND = 50;

  /** What the process is called, and what starts it, without timers and warm-up. */
  record Program(String name, String mode, CommandLine line) {}

  /** Made when its turn comes: a peer that cannot be installed is told of there. */
  interface CommandLine {
    List<String> of(int timers, int warmUp) throws IOException, InterruptedException;
  }

  private final Program program;
  private final PeersRun.Size size;
  private final SharedPostgres postgres;
  private final Path log;
  private final ScheduledExecutorService watch;

  PeerContender(
      Program program,
      PeersRun.Size size,
      SharedPostgres postgres,
      Path log,
      ScheduledExecutorService watch) {
    this.program = program;
    this.size = size;
    this.postgres = postgres;
    this.log = log;
    this.watch = watch;
  }

  /** A JVM with our own flags, and as much heap as the largest of our services has. */
  static CommandLine jvm(String mode) {
    return (timers, warmUp) -> {
      List<String> line = new ArrayList<>(Java.small(256));
      line.addAll(
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              Benchmarks.class.getName(),
              "peer",
              mode,
              "--timers=" + timers,
              "--warm-up=" + warmUp));
      return line;
    };
  }

  @Override
  public String name() {
    return program.name();
  }

  @Override
  public String mode() {
    return program.mode();
  }

  @Override
  public Turn take() throws Exception {
    List<String> line;
    try {
      line = program.line().of(size.timers, size.warmUp);
    } catch (IOException missing) {
      return new Turn.NotRun(String.valueOf(missing.getMessage()));
    }
    postgres.create(DATABASE);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(postgres.environment(DATABASE));
    Process process = builder.start();
    Duration patience = Duration.ofSeconds(120 + (size.timers + size.warmUp) / SLOWEST_PER_SECOND);
    var timeOut = watch.schedule(process::destroyForcibly, patience.toSeconds(), TimeUnit.SECONDS);
    try (BufferedReader said =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer orders =
            new BufferedWriter(
                new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8))) {
      return lead(process.pid(), said, orders);
    } catch (EndedEarly ended) {
      return new Turn.NotRun(
          "its process ended early or took more than %,d s: see benchmarks/target/%s"
              .formatted(patience.toSeconds(), log.getFileName()));
    } finally {
      timeOut.cancel(false);
      process.destroy();
      process.waitFor(20, TimeUnit.SECONDS);
      process.destroyForcibly();
    }
  }

  private Turn lead(long pid, BufferedReader said, Writer orders) throws Exception {
    Map<String, Long> client = Map.of("client", pid);
    await("ready", said);
    postgres.tidy(DATABASE);
    SharedPostgres.Reading before = postgres.read(client);
    order("go", orders);
    long[] done = await("done", said);
    SharedPostgres.Reading after = postgres.read(client);
    order("end", orders);
    long[] counted = await("counted", said);
    return Turn.Measured.between(
        before, after, size.timers, done[0] / 1e9, done[1] / 1e6, counted[0], counted[1]);
  }

  private static void order(String order, Writer orders) throws IOException {
    orders.write(order + "\n");
    orders.flush();
  }

  /** The numbers that come with the word; what libraries print in between is not for us. */
  private static long[] await(String word, BufferedReader said) throws IOException {
    String expected = "@" + word;
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      List<String> parts = List.of(line.split(" ", -1));
      if (parts.getFirst().equals(expected)) {
        return parts.stream().skip(1).mapToLong(Long::parseLong).toArray();
      }
    }
    throw new EndedEarly();
  }

  private static final class EndedEarly extends IOException {}
}
