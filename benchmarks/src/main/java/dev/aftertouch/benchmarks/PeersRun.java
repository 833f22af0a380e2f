package dev.aftertouch.benchmarks;

import dev.aftertouch.benchmarks.peers.PeerMode;
import dev.aftertouch.local.infrastructure.Servers;
import dev.aftertouch.local.process.ProjectRoot;
import dev.aftertouch.local.system.LocalSystem;
import dev.aftertouch.local.system.Options;
import dev.aftertouch.local.system.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The same work by our engine and by its peers, one after another on one PostgreSQL: one-shot
 * timers, all due a minute ago, a handler that does nothing, one process; from starting until the
 * database knows of the last one that it is done. Each takes its turn in a fresh process and a
 * fresh database; the order is turned further each round.
 */
@Command(
    name = "peers",
    description = "Timers drained by our engine and by its peers, side by side.")
final class PeersRun implements Callable<Integer> {
  /** How much and how often. */
  static final class Size {
    @Option(
        names = "--timers",
        defaultValue = "20000",
        description = "Timers measured (default ${DEFAULT-VALUE}).")
    int timers;

    @Option(
        names = "--warm-up",
        defaultValue = "5000",
        description = "Timers before them, in the same process (default ${DEFAULT-VALUE}).")
    int warmUp;

    @Option(
        names = "--rounds",
        defaultValue = "3",
        description = "Rounds, of which the median counts (default ${DEFAULT-VALUE}).")
    int rounds;

    @Option(
        names = "--businesses",
        defaultValue = "3000",
        description = "Businesses that share our own timers (default ${DEFAULT-VALUE}).")
    int businesses;

    @Option(
        names = "--only",
        defaultValue = "",
        description = "Only contenders whose name begins so, such as db-scheduler.")
    String only = "";
  }

  @Mixin private final Size size = new Size();

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    Path data = Files.createTempDirectory("aftertouch-bench");
    Path log = ProjectRoot.find().resolve("benchmarks/target/peers.log");
    try (ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        LocalSystem system =
            LocalSystem.start(
                Options.onFreePorts(data).withServices(EnumSet.of(Service.ENROLLMENT)));
        Topic topics = new Topic(system.infrastructure())) {
      system.stop(Service.ENROLLMENT);
      SharedPostgres postgres =
          new SharedPostgres(
              system.infrastructure(), system.pids().getOrDefault(Servers.POSTGRES, -1L));
      List<Contender> contenders = new ArrayList<>();
      for (OwnClaims.End end : OwnClaims.End.values()) {
        contenders.add(new OwnClaims(system, postgres, topics, size, end, new NoOpService(data)));
      }
      peers().forEach(peer -> contenders.add(new PeerContender(peer, size, postgres, log, watch)));
      contenders.removeIf(contender -> !contender.name().startsWith(size.only));

      PeerTable table = table(contenders, takeTurns(contenders), load);
      table.print(json);
      return table.reconciled() ? 0 : 1;
    } finally {
      LocalSystem.deleteData(data);
    }
  }

  private static List<PeerContender.Program> peers() throws IOException {
    List<PeerContender.Program> peers = new ArrayList<>();
    for (PeerMode mode : PeerMode.values()) {
      peers.add(
          new PeerContender.Program(mode.peer(), mode.mode(), PeerContender.jvm(mode.name())));
    }
    NodePeers node = NodePeers.ofThisCheckout();
    peers.add(node.program("graphile-worker", "24 at once, not batched", "graphile_worker"));
    peers.add(
        node.program(
            "graphile-worker",
            "24 at once, local queue 500, completions batched",
            "graphile_worker_batched"));
    peers.add(node.program("pg-boss", "batches of 100, 8 workers", "pg_boss_batched"));
    return peers;
  }

  private Map<Contender, List<Turn>> takeTurns(List<Contender> contenders) {
    Map<Contender, List<Turn>> turns = new LinkedHashMap<>();
    List<Contender> order = new ArrayList<>(contenders);
    for (int round = 1; round <= size.rounds; round++) {
      for (Contender contender : order) {
        System.err.printf(
            "round %d of %d: %s, %s%n", round, size.rounds, contender.name(), contender.mode());
        Turn turn = take(contender);
        turns.computeIfAbsent(contender, first -> new ArrayList<>()).add(turn);
        System.err.println("  " + told(turn));
      }
      Collections.rotate(order, 1 + order.size() / size.rounds);
    }
    return turns;
  }

  private static String told(Turn turn) {
    return switch (turn) {
      case Turn.Measured measured ->
          "%,.0f/s, %,d fired, %,d of them more than once"
              .formatted(measured.perSecond(), measured.distinct(), measured.twice());
      case Turn.NotRun notRun -> "not run: " + notRun.reason();
    };
  }

  /** One that fails is told of, and the others go on. */
  private static Turn take(Contender contender) {
    try {
      return contender.take();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Turn.NotRun("interrupted");
    } catch (Exception failed) {
      return new Turn.NotRun(String.valueOf(failed.getMessage()));
    }
  }

  private PeerTable table(List<Contender> contenders, Map<Contender, List<Turn>> turns, String load)
      throws IOException {
    Map<String, Object> conditions = new TreeMap<>();
    conditions.put("warm_up", size.warmUp);
    conditions.put("businesses_of_ours", size.businesses);
    conditions.put("processors", Runtime.getRuntime().availableProcessors());
    conditions.put("load_average_before", Double.parseDouble(load));
    conditions.put("beside", "Kafka and the registry run, idle but for our own turns");
    return new PeerTable(
        size.timers,
        size.rounds,
        contenders.stream()
            .map(one -> PeerTable.Row.of(one, turns.getOrDefault(one, List.of())))
            .toList(),
        conditions,
        turns.entrySet().stream().allMatch(taken -> holds(taken.getKey(), taken.getValue())));
  }

  /** A peer may be missing, our own engine may not. */
  private static boolean holds(Contender contender, List<Turn> turns) {
    return turns.stream()
        .allMatch(
            turn ->
                switch (turn) {
                  case Turn.Measured measured -> measured.reconciled();
                  case Turn.NotRun ignored -> !(contender instanceof OwnClaims);
                });
  }
}
