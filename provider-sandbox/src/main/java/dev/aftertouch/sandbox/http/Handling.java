package dev.aftertouch.sandbox.http;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Handles a request and calls {@code done} exactly once, at once or later, from any thread. It runs
 * on an event loop: whatever waits for a disk or draws a page goes through {@link #aside}.
 */
@FunctionalInterface
public interface Handling {
  void handle(Request request, Consumer<Reply> done);

  /** Runs on a virtual thread of its own, so that sending goes on meanwhile. */
  static Handling aside(Function<Request, Reply> function) {
    return (request, done) ->
        Thread.ofVirtual()
            .start(
                () -> {
                  Reply reply;
                  try {
                    reply = function.apply(request);
                  } catch (BadRequest bad) {
                    reply = Reply.problem(400, bad.getMessage());
                  } catch (RuntimeException unexpected) {
                    HttpFrontDoor.report(request, unexpected);
                    reply = Reply.problem(500, "The sandbox failed; its log says why.");
                  }
                  done.accept(reply);
                });
  }
}
