package dev.aftertouch.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy on the way to the providers or to a database. Before each request that it passes on
 * it may wait, cut the connection after the request went through (so that the answer is lost: of a
 * COMMIT too), or swallow the request and stay silent (half-open).
 */
final class FaultProxy implements AutoCloseable {
  private static final Duration DELAY = Duration.ofMillis(1_500);

  /** What happens to a request. */
  private enum Fate {
    PASSES,
    WAITS,
    LOSES_ITS_ANSWER,
    VANISHES
  }

  private final ServerSocket door;
  private final int target;
  private final double spoiled;
  private final Random random;
  private final AtomicLong faults = new AtomicLong();
  private final ConcurrentHashMap<Socket, Boolean> open = new ConcurrentHashMap<>();

  /** Clients whose next answer is to be lost. */
  private final ConcurrentHashMap<Socket, Boolean> lost = new ConcurrentHashMap<>();

  private volatile double share;

  /**
   * Listens on a free port of 127.0.0.1 and passes everything on to the target.
   *
   * @param spoiled share of requests that meet a fault while it rages
   */
  FaultProxy(int target, double spoiled, long seed) {
    try {
      this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.target = target;
    this.spoiled = spoiled;
    this.random = new Random(seed);
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** From now on requests meet faults. */
  void rage() {
    share = spoiled;
  }

  void calm() {
    share = 0;
  }

  long faults() {
    return faults.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        open.put(client, true);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket()) {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2_000);
      open.put(server, true);
      Thread.ofVirtual().start(() -> copyBack(server, client));
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      byte[] chunk = new byte[64 * 1024];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        switch (fate()) {
          case PASSES -> out.write(chunk, 0, read);
          case WAITS -> {
            LockSupport.parkNanos(DELAY.toNanos());
            out.write(chunk, 0, read);
          }
          case LOSES_ITS_ANSWER -> {
            client.setSoLinger(true, 0);
            lost.put(client, true);
            out.write(chunk, 0, read);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            return;
          }
          case VANISHES -> {
            LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
            return;
          }
        }
      }
    } catch (IOException ended) {
      // One of the two sides is gone: that is all there is to know.
    } finally {
      open.remove(client);
      lost.remove(client);
    }
  }

  private void copyBack(Socket server, Socket client) {
    try {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] chunk = new byte[64 * 1024];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (lost.containsKey(client)) {
          return;
        }
        out.write(chunk, 0, read);
      }
      client.shutdownOutput();
    } catch (IOException ended) {
      // As above.
    } finally {
      open.remove(server);
    }
  }

  private Fate fate() {
    if (share == 0) {
      return Fate.PASSES;
    }
    double drawn;
    synchronized (random) {
      drawn = random.nextDouble();
    }
    if (drawn >= share) {
      return Fate.PASSES;
    }
    faults.incrementAndGet();
    double kind = drawn / share;
    return kind < 0.4 ? Fate.WAITS : kind < 0.85 ? Fate.LOSES_ITS_ANSWER : Fate.VANISHES;
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open.keySet()) {
      socket.close();
    }
  }
}
