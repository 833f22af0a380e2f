package dev.aftertouch.dispatch.sending;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Answers one request after another with the bytes that it was given, one connection at a time. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listening;
  private final LinkedBlockingQueue<Scripted> script = new LinkedBlockingQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** What is answered, and whether the connection ends with it. */
  static final class Scripted {
    private final byte[] bytes;
    private volatile boolean cut;

    Scripted(byte[] bytes) {
      this.bytes = bytes;
    }

    void cuts() {
      cut = true;
    }
  }

  ScriptedServer() {
    try {
      listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  Scripted answers(String bytes) {
    Scripted next = new Scripted(bytes.getBytes(StandardCharsets.ISO_8859_1));
    script.add(next);
    return next;
  }

  int port() {
    return listening.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  List<String> requests() {
    return requests;
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket accepted = listening.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> converse(accepted));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void converse(Socket accepted) {
    try (accepted) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(accepted.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String request = read(in); request != null; request = read(in)) {
        requests.add(request);
        Scripted answer = script.take();
        accepted.getOutputStream().write(answer.bytes);
        if (answer.cut) {
          return;
        }
      }
    } catch (IOException | InterruptedException ended) {
      // The other side has gone, or the test is over.
    }
  }

  /** A request with its body; null at the connection's end. */
  private static @Nullable String read(BufferedReader in) throws IOException {
    StringBuilder request = new StringBuilder();
    int length = 0;
    String line = in.readLine();
    while (line != null && !line.isEmpty()) {
      request.append(line).append("\r\n");
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
        length = Integer.parseInt(line.substring("content-length: ".length()));
      }
      line = in.readLine();
    }
    if (line == null) {
      return null;
    }
    request.append("\r\n");
    for (int i = 0; i < length; i++) {
      request.append((char) in.read());
    }
    return request.toString();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
