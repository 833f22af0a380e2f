package dev.aftertouch.dispatch.sending;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One parcel on its way through its provider's guards, with its repeats where the provider honours
 * keys. It keeps its place at the provider until its answer. On the sending loop only.
 */
final class GuardedCall {
  private final Parcel parcel;
  private final Provider provider;
  private final Guards guards;
  private final Duration timeout;
  private final EventLoop loop;
  private final BooleanSupplier wanted;
  private final Consumer<ProviderAnswer> done;
  private final long asked = System.nanoTime();

  /** Since a try has left in doubt whether the provider has the message. */
  private Retry.@Nullable AsyncContext<ProviderAnswer> repeats;

  private boolean over;

  GuardedCall(
      Parcel parcel,
      Provider provider,
      Guards guards,
      Duration timeout,
      EventLoop loop,
      BooleanSupplier wanted,
      Consumer<ProviderAnswer> done) {
    this.parcel = parcel;
    this.provider = provider;
    this.guards = guards;
    this.timeout = timeout;
    this.loop = loop;
    this.wanted = wanted;
    this.done = done;
  }

  /** Takes a place at the provider, at once or when one is free. */
  void enter() {
    if (guards.bulkhead().tryAcquirePermission()) {
      attempt();
    } else {
      guards.waiting().add(this::enterAgain);
    }
  }

  private void enterAgain() {
    if (System.nanoTime() - asked > timeout.toNanos()) {
      letTheNextIn();
      done.accept(new ProviderAnswer.NotHandedOver("bulkhead_full"));
    } else if (guards.bulkhead().tryAcquirePermission()) {
      attempt();
    } else {
      guards.waiting().addFirst(this::enterAgain);
    }
  }

  private void leave(ProviderAnswer answer) {
    if (over) {
      return;
    }
    over = true;
    guards.bulkhead().onComplete();
    letTheNextIn();
    done.accept(answer);
  }

  private void letTheNextIn() {
    Runnable next = guards.waiting().poll();
    if (next != null) {
      loop.execute(next);
    }
  }

  private void attempt() {
    CircuitBreaker breaker = guards.breaker();
    // A call may take the whole time limit; bytes leave only when that ends before the deadline.
    if (!wanted.getAsBoolean() || parcel.deadlineNanos() - System.nanoTime() < timeout.toNanos()) {
      heard(new ProviderAnswer.NotHandedOver("deadline"));
    } else if (!breaker.tryAcquirePermission()) {
      heard(new ProviderAnswer.NotHandedOver("circuit_open"));
    } else {
      long start = breaker.getCurrentTimestamp();
      try {
        provider.handOver(parcel, timeout, answer -> judged(answer, start));
      } catch (RuntimeException failure) {
        judged(new ProviderAnswer.Unknown(failure.getClass().getSimpleName()), start);
      }
    }
  }

  private void judged(ProviderAnswer answer, long start) {
    CircuitBreaker breaker = guards.breaker();
    long took = breaker.getCurrentTimestamp() - start;
    switch (answer) {
      case ProviderAnswer.Accepted a -> breaker.onSuccess(took, breaker.getTimestampUnit());
      case ProviderAnswer.Rejected r -> breaker.onSuccess(took, breaker.getTimestampUnit());
      case ProviderAnswer.Throttled t -> breaker.releasePermission();
      case ProviderAnswer.Unauthorized u -> failed(took, u.code());
      case ProviderAnswer.NotHandedOver n -> failed(took, n.reason());
      case ProviderAnswer.Unknown u -> failed(took, u.reason());
    }
    heard(answer);
  }

  private void failed(long took, String reason) {
    guards.breaker().onError(took, guards.breaker().getTimestampUnit(), new NoAnswer(reason));
  }

  private void heard(ProviderAnswer answer) {
    if (!parcel.provider().honoursKeys()) {
      leave(answer);
      return;
    }
    ProviderAnswer word = repeats == null ? answer : sinceInDoubt(answer);
    if (!(word instanceof ProviderAnswer.Unknown)) {
      leave(word);
      return;
    }
    if (repeats == null) {
      repeats = guards.retry().asyncContext();
    }
    long pauseMillis = repeats.onResult(word);
    if (pauseMillis < 0) {
      leave(word);
    } else {
      var unused = loop.schedule(this::attempt, pauseMillis, TimeUnit.MILLISECONDS);
    }
  }

  /** Only the provider's word ends a doubt: that a later try was not handed over says nothing. */
  private static ProviderAnswer sinceInDoubt(ProviderAnswer answer) {
    return switch (answer) {
      case ProviderAnswer.Accepted accepted -> accepted;
      case ProviderAnswer.Rejected rejected -> rejected;
      case ProviderAnswer.Unknown unknown -> unknown;
      case ProviderAnswer.Throttled throttled -> new ProviderAnswer.Unknown("throttled");
      case ProviderAnswer.Unauthorized refused -> new ProviderAnswer.Unknown(refused.code());
      case ProviderAnswer.NotHandedOver not -> new ProviderAnswer.Unknown(not.reason());
    };
  }

  /** What the circuit breaker counts. */
  private static final class NoAnswer extends RuntimeException {
    NoAnswer(String reason) {
      super(reason, null, false, false);
    }
  }
}
