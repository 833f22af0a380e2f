package dev.aftertouch.sandbox.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Listens for HTTP/1.1 with keep-alive and pipelining until closed. */
public final class HttpFrontDoor implements AutoCloseable {
  /** Larger bodies are answered 413. */
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

  private final EventLoopGroup loops;
  private final Channel channel;

  private HttpFrontDoor(EventLoopGroup loops, Channel channel) {
    this.loops = loops;
    this.channel = channel;
  }

  /** Port 0 takes any free port. Fails when the port is in use. */
  public static HttpFrontDoor open(String host, int port, int threads, Handling handling)
      throws InterruptedException {
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    Class<? extends ServerSocketChannel> type =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(threads, io);
    try {
      Channel channel =
          new ServerBootstrap()
              .group(loops)
              .channel(type)
              .option(ChannelOption.SO_BACKLOG, 1024)
              .option(ChannelOption.SO_REUSEADDR, true)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childHandler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                      accepted
                          .pipeline()
                          .addLast(
                              new HttpServerCodec(
                                  new HttpDecoderConfig()
                                      .setValidateHeaders(false)
                                      .setMaxHeaderSize(32 * 1024)),
                              new HttpObjectAggregator(MAX_BODY_BYTES),
                              new Conversation(handling));
                    }
                  })
              .bind(host, port)
              .sync()
              .channel();
      return new HttpFrontDoor(loops, channel);
    } catch (Throwable failed) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
      throw failed;
    }
  }

  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  static void report(Request request, Throwable failure) {
    System.err.println("provider-sandbox: " + request.method() + " " + request.path() + " failed");
    failure.printStackTrace(System.err);
  }
}
