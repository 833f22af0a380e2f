package dev.aftertouch.sandbox.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Listens for SMTP; each connection has a virtual thread of its own. */
public final class SmtpServer implements AutoCloseable {
  private final ServerSocket listener;
  private final MailIntake intake;
  private final @Nullable String password;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private SmtpServer(ServerSocket listener, MailIntake intake, @Nullable String password) {
    this.listener = listener;
    this.intake = intake;
    this.password = password;
  }

  /** Port 0 takes any free port. Fails when the port is in use. */
  public static SmtpServer open(String host, int port, MailIntake intake, @Nullable String password)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getByName(host), port), 512);
    SmtpServer server = new SmtpServer(listener, intake, password);
    Thread.ofPlatform().daemon().name("smtp").start(server::acceptUntilClosed);
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void acceptUntilClosed() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closedOrOneClientGone) {
        if (!listener.isClosed()) {
          System.err.println("provider-sandbox: smtp: " + closedOrOneClientGone.getMessage());
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      new SmtpSession(socket, intake, password).talk();
    } catch (IOException clientGone) {
      // Nothing is owed to a client that has gone: what was accepted is in the ledger.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
