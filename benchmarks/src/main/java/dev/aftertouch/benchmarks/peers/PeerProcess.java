package dev.aftertouch.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The process of one peer, led by lines on its standard input. It warms up, seeds, says {@code
 * @ready}; hears {@code go}, drains, says {@code @done} with the nanoseconds from starting to the
 * last timer done and to the first fired; hears {@code end}, stops, says {@code @counted} with how
 * many timers fired and how many more than once. It stays connected until {@code end}, so that its
 * work and PostgreSQL's can be read from outside, and ends when its leader does. The database comes
 * by the environment, as libpq names it.
 */
@Command(name = "peer", hidden = true, description = "One peer of bench peers, led by it.")
public final class PeerProcess implements Callable<Integer> {
  @Parameters(paramLabel = "MODE", description = "Which peer, and how set.")
  private PeerMode mode = PeerMode.DB_SCHEDULER;

  @Option(names = "--timers", required = true, description = "Timers measured.")
  private int timers;

  @Option(names = "--warm-up", required = true, description = "Timers before them.")
  private int warmUp;

  private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();

  @Override
  public Integer call() throws Exception {
    Thread.ofPlatform().daemon().name("orders").start(this::hear);
    try (HikariDataSource dataSource = dataSource()) {
      Peer peer = mode.on(dataSource);
      peer.install();
      if (warmUp > 0) {
        Seen.reset(warmUp);
        peer.seed(0, warmUp);
        drain(peer, warmUp);
        peer.stop();
      }
      Seen.reset(warmUp + timers);
      peer.seed(warmUp, timers);
      say("ready");

      await("go");
      long started = System.nanoTime();
      drain(peer, timers);
      long ended = System.nanoTime();
      say("done %d %d".formatted(ended - started, Seen.firstAtNanos() - started));

      await("end");
      peer.stop();
      say("counted %d %d".formatted(Seen.distinct(warmUp, timers), Seen.twice(warmUp, timers)));
    }
    return 0;
  }

  /** The database is asked only when all have fired, so that asking does not weigh on the peer. */
  private static void drain(Peer peer, int count) throws Exception {
    peer.start();
    while (Seen.calls() < count || !peer.isDrained()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private HikariDataSource dataSource() {
    HikariDataSource dataSource = new HikariDataSource();
    dataSource.setJdbcUrl(
        "jdbc:postgresql://%s:%s/%s".formatted(told("PGHOST"), told("PGPORT"), told("PGDATABASE")));
    dataSource.setUsername(told("PGUSER"));
    dataSource.setPassword(told("PGPASSWORD"));
    dataSource.setMaximumPoolSize(mode.connections());
    return dataSource;
  }

  private static String told(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalArgumentException("The environment has no " + name);
    }
    return value;
  }

  private static void say(String line) {
    System.out.println("@" + line);
    System.out.flush();
  }

  private void await(String order) throws InterruptedException {
    String heard = orders.take();
    if (!heard.equals(order)) {
      throw new IllegalStateException("Expected " + order + " and heard " + heard);
    }
  }

  /** Without a leader there is nothing left to do. */
  private void hear() {
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        orders.add(line);
      }
    } catch (IOException gone) {
      // As good as the end of the input.
    }
    Runtime.getRuntime().halt(1);
  }
}
