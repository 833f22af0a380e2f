package dev.aftertouch.dispatch.sending;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * POSTs and reads over kept-alive connections and never twice: no retries, no redirects, no
 * cookies. Each call has its answer within its time limit. All of it happens on the sending loop,
 * where answers are told too; nothing else may wait there. It opens as many connections as there
 * are calls at once, which is the caller's to bound. Which client and why: docs/decisions/0010.
 */
final class HttpCalls implements Closeable {
  private static final int LONGEST_ANSWER = 64 * 1024;
  private static final int LONGEST_LIST = 4 * 1024 * 1024;
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** What came back, or that nothing did. */
  sealed interface Result {
    /** An HTTP answer. */
    record Answer(int status, Duration retryAfter, String body) implements Result {}

    /** No byte of the request was written. */
    record NotWritten(String reason) implements Result {}

    /** The request may have arrived. */
    record Lost(String reason) implements Result {}
  }

  private final EventLoop loop;
  private final Map<Origin, Deque<HttpConnection>> idle = new HashMap<>();
  private boolean closed;

  HttpCalls(EventLoop loop) {
    this.loop = loop;
  }

  /** Tells {@code done} once, on the sending loop. May be called from any thread. */
  void post(
      URI uri,
      Map<String, String> headers,
      String type,
      byte[] body,
      Duration timeout,
      Consumer<Result> done) {
    FullHttpRequest request = request(HttpMethod.POST, uri, headers, Unpooled.wrappedBuffer(body));
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    request.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    HttpCall call = new HttpCall(request, LONGEST_ANSWER, done);
    if (loop.inEventLoop()) {
      begin(Origin.of(uri), call, timeout);
    } else {
      loop.execute(() -> begin(Origin.of(uri), call, timeout));
    }
  }

  /** Reads a list, of which one page may be long. Waits, so never on the sending loop. */
  Result get(URI uri, Map<String, String> headers, Duration timeout) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    FullHttpRequest request = request(HttpMethod.GET, uri, headers, Unpooled.EMPTY_BUFFER);
    HttpCall call = new HttpCall(request, LONGEST_LIST, result::complete);
    loop.execute(() -> begin(Origin.of(uri), call, timeout));
    try {
      return result.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Result.Lost("interrupted");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static FullHttpRequest request(
      HttpMethod method, URI uri, Map<String, String> headers, ByteBuf body) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
    FullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, target, body);
    request.headers().set(HttpHeaderNames.HOST, uri.getRawAuthority());
    request.headers().set(HttpHeaderNames.USER_AGENT, "Aftertouch");
    headers.forEach(request.headers()::set);
    return request;
  }

  private void begin(Origin origin, HttpCall call, Duration timeout) {
    call.limitTo(loop, timeout);
    HttpConnection kept = kept(origin);
    if (kept != null) {
      kept.write(call);
    } else if (closed) {
      call.end(new Result.NotWritten("closed"));
    } else {
      resolve(origin, call);
    }
  }

  private @Nullable HttpConnection kept(Origin origin) {
    Deque<HttpConnection> connections = idle.get(origin);
    while (connections != null && !connections.isEmpty()) {
      HttpConnection kept = connections.remove();
      if (kept.isGood(KEPT_NANOS)) {
        return kept;
      }
      kept.close();
    }
    return null;
  }

  /** Looking a name up waits, so it does not happen on the loop. */
  private void resolve(Origin origin, HttpCall call) {
    Thread.ofVirtual()
        .name("resolve-" + origin.host())
        .start(
            () -> {
              try {
                List<InetAddress> found = Arrays.asList(InetAddress.getAllByName(origin.host()));
                loop.execute(() -> connect(origin, found.iterator(), call));
              } catch (UnknownHostException unknown) {
                loop.execute(() -> call.end(new Result.NotWritten("UnknownHostException")));
              }
            });
  }

  private void connect(Origin origin, Iterator<InetAddress> addresses, HttpCall call) {
    HttpConnection connection = new HttpConnection(this, origin);
    new Bootstrap()
        .group(loop)
        .channel(SendingLoop.channelType())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
        .handler(connection.pipeline())
        .connect(new InetSocketAddress(addresses.next(), origin.port()))
        .addListener(
            (ChannelFuture opened) -> {
              if (opened.isSuccess()) {
                secure(opened.channel(), connection, call);
              } else if (addresses.hasNext() && !call.isOver()) {
                connect(origin, addresses, call);
              } else {
                call.end(new Result.NotWritten(opened.cause().getClass().getSimpleName()));
              }
            });
  }

  private void secure(Channel channel, HttpConnection connection, HttpCall call) {
    connection
        .secured(channel)
        .addListener(
            secured -> {
              if (!secured.isSuccess()) {
                call.end(new Result.NotWritten(secured.cause().getClass().getSimpleName()));
                connection.close();
              } else if (call.isOver()) {
                keep(connection);
              } else {
                connection.write(call);
              }
            });
  }

  /** The connection's last answer came whole: the next call may have it. On the loop. */
  void keep(HttpConnection connection) {
    if (closed) {
      connection.close();
    } else {
      idle.computeIfAbsent(connection.origin(), origin -> new ArrayDeque<>()).addFirst(connection);
    }
  }

  /** The connection is no more. On the loop. */
  void forget(HttpConnection connection) {
    Deque<HttpConnection> connections = idle.get(connection.origin());
    if (connections != null) {
      connections.remove(connection);
    }
  }

  /** How many connections wait for a call. Waits for the loop, so never on it. */
  int kept() {
    return CompletableFuture.supplyAsync(
            () -> idle.values().stream().mapToInt(Deque::size).sum(), loop)
        .join();
  }

  /** Closes the connections that nobody uses; calls under way end as they may. */
  @Override
  public void close() {
    loop.execute(
        () -> {
          closed = true;
          List<HttpConnection> kept = idle.values().stream().flatMap(Deque::stream).toList();
          idle.clear();
          kept.forEach(HttpConnection::close);
        });
  }
}
