package dev.aftertouch.dispatch.sending;

import dev.aftertouch.dispatch.sending.HttpCalls.Result;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request and what becomes of it. All of it happens on the sending loop; it ends once. */
final class HttpCall {
  private final FullHttpRequest request;
  private final int longestAnswer;
  private @Nullable Consumer<Result> done;
  private @Nullable HttpConnection connection;
  private @Nullable Future<?> limit;
  private long latest;

  /**
   * @param longestAnswer bytes of the answer that are read; what is longer is cut there
   */
  HttpCall(FullHttpRequest request, int longestAnswer, Consumer<Result> done) {
    this.request = request;
    this.longestAnswer = longestAnswer;
    this.done = done;
  }

  void limitTo(EventLoop loop, Duration timeout) {
    latest = System.nanoTime() + timeout.toNanos();
    limit = loop.schedule(this::timeIsOver, timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The request, which that connection writes now. */
  FullHttpRequest writtenTo(HttpConnection taken) {
    connection = taken;
    return request;
  }

  int longestAnswer() {
    return longestAnswer;
  }

  /**
   * Whether it has ended; its time may be over before the timer says so, where the process stood
   * still meanwhile. To be asked before it is written.
   */
  boolean isOver() {
    if (done != null && System.nanoTime() - latest > 0) {
      timeIsOver();
    }
    return done == null;
  }

  private void timeIsOver() {
    HttpConnection used = connection;
    if (used == null) {
      end(new Result.NotWritten("timeout"));
    } else {
      end(new Result.Lost("timeout"));
      used.close();
    }
  }

  /** What came of it; the first word counts. */
  void end(Result result) {
    Consumer<Result> told = done;
    if (told == null) {
      return;
    }
    done = null;
    if (limit != null) {
      limit.cancel(false);
    }
    if (connection == null) {
      request.release();
    }
    told.accept(result);
  }
}
