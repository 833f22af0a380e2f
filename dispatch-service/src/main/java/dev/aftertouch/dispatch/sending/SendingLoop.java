package dev.aftertouch.dispatch.sending;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The one thread on which hand-overs begin, HTTP flows and answers are told. What it owns needs no
 * lock; nothing may wait on it.
 */
final class SendingLoop implements AutoCloseable {
  private static final boolean EPOLL = Epoll.isAvailable();

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1,
          new DefaultThreadFactory("sending"),
          EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

  EventLoop thread() {
    return group.next();
  }

  static Class<? extends SocketChannel> channelType() {
    return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /** What the JDK trusts, and the certificate must be the host's. */
  static SslContext tls() {
    return Tls.CONTEXT;
  }

  private static final class Tls {
    static final SslContext CONTEXT = context();

    private static SslContext context() {
      try {
        return SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .endpointIdentificationAlgorithm("HTTPS")
            .build();
      } catch (SSLException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** Calls under way are cut, and their answers told, before it returns. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
