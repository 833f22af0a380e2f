package dev.aftertouch.dispatch.sending;

import dev.aftertouch.dispatch.sending.HttpCalls.Result;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One connection with at most one call on it. It is used again only after a whole answer that
 * allows it; whatever else comes (an answer that nobody waits for, one that cannot be read, the
 * other side's end) closes it, and the call that was on it is lost. On the sending loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
  private static final Duration DEFAULT_RETRY_AFTER = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
  private static final int DIGITS_OF_RETRY_AFTER = 6;
  private static final byte[] NOTHING = new byte[0];

  private final HttpCalls calls;
  private final Origin origin;
  private @Nullable Channel channel;
  private @Nullable HttpCall call;
  private @Nullable HttpResponse head;
  private byte[] body = NOTHING;
  private int length;
  private String end = "ConnectionClosed";
  private long lastUsed = System.nanoTime();

  HttpConnection(HttpCalls calls, Origin origin) {
    this.calls = calls;
    this.origin = origin;
  }

  Origin origin() {
    return origin;
  }

  ChannelHandler pipeline() {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel opened) {
        channel = opened;
        if (origin.secure()) {
          opened
              .pipeline()
              .addLast(SendingLoop.tls().newHandler(opened.alloc(), origin.host(), origin.port()));
        }
        opened.pipeline().addLast(new HttpClientCodec(), HttpConnection.this);
      }
    };
  }

  /** Done when the other side has proved who it is; at once where nobody asks. */
  Future<Channel> secured(Channel opened) {
    SslHandler tls = opened.pipeline().get(SslHandler.class);
    return tls == null ? opened.eventLoop().newSucceededFuture(opened) : tls.handshakeFuture();
  }

  /** Whether it is open, and was used within that time. */
  boolean isGood(long nanos) {
    return channel != null && channel.isActive() && System.nanoTime() - lastUsed < nanos;
  }

  void write(HttpCall next) {
    Channel open = channel;
    if (open == null || !open.isActive()) {
      next.end(new Result.NotWritten("ConnectionClosed"));
      return;
    }
    call = next;
    open.writeAndFlush(next.writtenTo(this), open.voidPromise());
  }

  void close() {
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    HttpCall waiting = call;
    if (waiting == null || message.decoderResult().isFailure()) {
      end = "MalformedAnswer";
      context.close();
      return;
    }
    if (message instanceof HttpResponse response) {
      head = response;
      body = NOTHING;
      length = 0;
    }
    if (message instanceof HttpContent content && head != null) {
      boolean whole = take(content.content(), waiting.longestAnswer());
      if (!whole || content instanceof LastHttpContent) {
        answered(context, waiting, head, whole);
      }
    }
  }

  /** False where it is longer than what is read. */
  private boolean take(ByteBuf content, int longest) {
    int taken = Math.min(content.readableBytes(), longest - length);
    if (length + taken > body.length) {
      body = Arrays.copyOf(body, length == 0 ? taken : Math.max(length + taken, 2 * length));
    }
    content.getBytes(content.readerIndex(), body, length, taken);
    length += taken;
    return taken == content.readableBytes();
  }

  private void answered(
      ChannelHandlerContext context, HttpCall waiting, HttpResponse response, boolean whole) {
    head = null;
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      return;
    }
    call = null;
    lastUsed = System.nanoTime();
    if (whole && HttpUtil.isKeepAlive(response)) {
      calls.keep(this);
    } else {
      context.close();
    }
    waiting.end(
        new Result.Answer(
            response.status().code(),
            retryAfter(response.headers().get(HttpHeaderNames.RETRY_AFTER)),
            new String(body, 0, length, StandardCharsets.UTF_8)));
  }

  /** Seconds only; a date or nonsense counts as a minute. */
  private static Duration retryAfter(@Nullable String header) {
    String digits = header == null ? "" : header.strip();
    if (digits.isEmpty()
        || digits.length() > DIGITS_OF_RETRY_AFTER
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return DEFAULT_RETRY_AFTER;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(digits));
    return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end = cause.getClass().getSimpleName();
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    calls.forget(this);
    HttpCall lost = call;
    call = null;
    if (lost != null) {
      lost.end(new Result.Lost(end));
    }
  }
}
