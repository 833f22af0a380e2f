package dev.aftertouch.dispatch.sending;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What guards the calls to one provider.
 *
 * @param bulkhead has no patience of its own: who finds it full stands in {@code waiting}
 * @param waiting on the sending loop only
 */
record Guards(CircuitBreaker breaker, Bulkhead bulkhead, Retry retry, Deque<Runnable> waiting) {
  Guards(CircuitBreaker breaker, Bulkhead bulkhead, Retry retry) {
    this(breaker, bulkhead, retry, new ArrayDeque<>());
  }
}
