package dev.aftertouch.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** TCP ports on 127.0.0.1. */
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int SLICE = 200;
  private static final int SLICES = 60;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /**
   * A port below the range that outgoing connections take theirs from, so that it stays free. No
   * port is given twice, and processes that look at the same time look in different places: minutes
   * may pass before somebody listens on it.
   */
  public static int free() {
    int slice = (int) (ProcessHandle.current().pid() % SLICES);
    for (int attempt = 0; attempt < SLICE * SLICES; attempt++) {
      int port = FIRST + (slice * SLICE + attempt) % (SLICE * SLICES);
      if (isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No free port between 20000 and 32000 on 127.0.0.1.");
  }

  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
