package dev.aftertouch.sandbox.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection. Pipelined requests are handled one after another, so replies keep the order of
 * their requests even when one of them is answered late. All fields belong to the event loop.
 *
 * <p>Nobody waits for a write: one that fails closes the connection, and the caller tries again.
 */
@SuppressWarnings({"FutureReturnValueIgnored", "ReferenceEquality"})
final class Conversation extends SimpleChannelInboundHandler<FullHttpRequest> {
  /** Requests that may wait behind a late reply before the connection is no longer read. */
  private static final int MAX_WAITING = 64;

  private final Handling handling;
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private @Nullable Pending current;
  private boolean reading;

  private record Pending(Request request, boolean keepAlive) {}

  Conversation(Handling handling) {
    this.handling = handling;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    reading = true;
    if (message.decoderResult().isFailure()) {
      context.close();
      return;
    }
    Request request =
        new Request(
            message.method().name(),
            message.uri(),
            message.headers(),
            ByteBufUtil.getBytes(message.content()));
    waiting.add(new Pending(request, HttpUtil.isKeepAlive(message)));
    if (waiting.size() > MAX_WAITING) {
      context.channel().config().setAutoRead(false);
    }
    next(context);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    context.flush();
  }

  private void next(ChannelHandlerContext context) {
    while (current == null) {
      Pending pending = waiting.poll();
      if (pending == null) {
        return;
      }
      current = pending;
      context.channel().config().setAutoRead(true);
      begin(context, pending);
    }
  }

  private void begin(ChannelHandlerContext context, Pending pending) {
    try {
      handling.handle(pending.request(), reply -> end(context, pending, reply));
    } catch (BadRequest bad) {
      end(context, pending, Reply.problem(400, bad.getMessage()));
    } catch (RuntimeException unexpected) {
      HttpFrontDoor.report(pending.request(), unexpected);
      end(context, pending, Reply.problem(500, "The sandbox failed; its log says why."));
    }
  }

  private void end(ChannelHandlerContext context, Pending pending, Reply reply) {
    if (!context.executor().inEventLoop()) {
      context.executor().execute(() -> end(context, pending, reply));
      return;
    }
    if (current != pending) {
      return;
    }
    current = null;
    switch (reply) {
      case Reply.Cut cut -> context.close();
      case Reply.Answer answer -> write(context, answer, pending.keepAlive());
    }
    next(context);
  }

  private void write(ChannelHandlerContext context, Reply.Answer answer, boolean keepAlive) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.body()),
            DefaultHttpHeadersFactory.headersFactory().withValidation(false),
            DefaultHttpHeadersFactory.trailersFactory());
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    for (int i = 0; i + 1 < answer.headers().size(); i += 2) {
      response.headers().set(answer.headers().get(i), answer.headers().get(i + 1));
    }
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    } else if (reading) {
      context.write(response, context.voidPromise());
    } else {
      context.writeAndFlush(response, context.voidPromise());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
