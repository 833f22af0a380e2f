package dev.aftertouch.dispatch.sending;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Hands a batch over, many at a time, outside any transaction.
 *
 * <p>In this order, so that nobody occupies what others wait for: a place among its business's
 * calls, a place among the provider's calls, the deadline, the circuit breaker, the call itself
 * under the time limit. Only a provider that honours keys is asked again, with the same key and
 * bytes. What could not begin before its deadline was surely not handed over.
 */
public final class SendMessages {
  /** What came of one hand-over. */
  public record Answered(Handover handover, ProviderAnswer answer) {}

  /** What guards the calls to one provider. */
  record Guards(CircuitBreaker breaker, Bulkhead bulkhead, TimeLimiter limiter, Retry retry) {}

  private final Providers providers;
  private final Map<ProviderName, Guards> guards;
  private final ExecutorService threads;
  private final ProvidersProperties properties;

  SendMessages(
      Providers providers,
      Map<ProviderName, Guards> guards,
      ExecutorService threads,
      ProvidersProperties properties) {
    this.providers = providers;
    this.guards = guards;
    this.threads = threads;
    this.properties = properties;
  }

  /** Returns when every hand-over has its answer, in the order given. Throws nothing but errors. */
  public List<Answered> send(List<Handover> handovers) {
    Map<UUID, Semaphore> places = new HashMap<>();
    for (Handover handover : handovers) {
      places.computeIfAbsent(
          handover.business(), ignored -> new Semaphore(properties.inFlightPerBusiness()));
    }
    AtomicReferenceArray<@Nullable ProviderAnswer> answers =
        new AtomicReferenceArray<>(handovers.size());
    Iterator<Integer> order = inTurns(handovers).iterator();
    List<Future<?>> workers = new ArrayList<>();
    for (int i = Math.min(handovers.size(), properties.inFlight()); i > 0; i--) {
      workers.add(threads.submit(() -> work(handovers, order, places, answers)));
    }
    workers.forEach(SendMessages::await);
    List<Answered> answered = new ArrayList<>(handovers.size());
    for (int i = 0; i < handovers.size(); i++) {
      ProviderAnswer answer = answers.get(i);
      answered.add(
          new Answered(
              handovers.get(i),
              answer == null ? new ProviderAnswer.Unknown("interrupted") : answer));
    }
    return answered;
  }

  /**
   * The places of the hand-overs in the list, one of each business in turn, so that nobody stands
   * behind another's flood.
   */
  private static List<Integer> inTurns(List<Handover> handovers) {
    Map<UUID, Integer> turns = new HashMap<>();
    Map<Integer, List<Integer>> byTurn = new TreeMap<>();
    for (int i = 0; i < handovers.size(); i++) {
      int turn = turns.merge(handovers.get(i).business(), 1, Integer::sum);
      byTurn.computeIfAbsent(turn, ignored -> new ArrayList<>()).add(i);
    }
    return byTurn.values().stream().flatMap(List::stream).toList();
  }

  private void work(
      List<Handover> handovers,
      Iterator<Integer> order,
      Map<UUID, Semaphore> places,
      AtomicReferenceArray<@Nullable ProviderAnswer> answers) {
    while (true) {
      int next;
      synchronized (order) {
        if (!order.hasNext()) {
          return;
        }
        next = order.next();
      }
      Handover handover = handovers.get(next);
      answers.set(next, answer(handover, Objects.requireNonNull(places.get(handover.business()))));
    }
  }

  private ProviderAnswer answer(Handover handover, Semaphore place) {
    try {
      return queue(handover, place);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new ProviderAnswer.Unknown("interrupted");
    } catch (RuntimeException failure) {
      return new ProviderAnswer.Unknown(failure.toString());
    }
  }

  private static void await(Future<?> worker) {
    try {
      worker.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("A sending thread failed", failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private ProviderAnswer queue(Handover handover, Semaphore place) throws InterruptedException {
    if (!place.tryAcquire(remaining(handover).toNanos(), TimeUnit.NANOSECONDS)) {
      return new ProviderAnswer.NotHandedOver("deadline");
    }
    try {
      Guards guard = guard(handover.provider());
      if (!guard.bulkhead().tryAcquirePermission()) {
        return new ProviderAnswer.NotHandedOver("bulkhead_full");
      }
      try {
        return handOver(handover, guard);
      } finally {
        guard.bulkhead().onComplete();
      }
    } finally {
      place.release();
    }
  }

  private ProviderAnswer handOver(Handover handover, Guards guard) {
    if (!handover.provider().honoursKeys()) {
      return once(handover, guard);
    }
    AtomicBoolean doubtful = new AtomicBoolean();
    try {
      return guard.retry().executeCallable(() -> again(handover, guard, doubtful));
    } catch (Exception impossible) {
      return new ProviderAnswer.Unknown(impossible.getClass().getSimpleName());
    }
  }

  /**
   * One more try with the same key. Once a try has left in doubt whether the provider has the
   * message, only its word ends the doubt: that a later try was not handed over says nothing.
   */
  private ProviderAnswer again(Handover handover, Guards guard, AtomicBoolean doubtful) {
    ProviderAnswer answer = once(handover, guard);
    boolean inDoubt = doubtful.get();
    return switch (answer) {
      case ProviderAnswer.Accepted accepted -> accepted;
      case ProviderAnswer.Rejected rejected -> rejected;
      case ProviderAnswer.Unknown unknown -> {
        doubtful.set(true);
        yield unknown;
      }
      case ProviderAnswer.Throttled t -> inDoubt ? new ProviderAnswer.Unknown("throttled") : t;
      case ProviderAnswer.Unauthorized u -> inDoubt ? new ProviderAnswer.Unknown(u.code()) : u;
      case ProviderAnswer.NotHandedOver n -> inDoubt ? new ProviderAnswer.Unknown(n.reason()) : n;
    };
  }

  private ProviderAnswer once(Handover handover, Guards guard) {
    // A call may take the whole time limit; bytes leave only when that ends before the deadline.
    if (remaining(handover).compareTo(properties.timeout()) < 0) {
      return new ProviderAnswer.NotHandedOver("deadline");
    }
    CircuitBreaker breaker = guard.breaker();
    if (!breaker.tryAcquirePermission()) {
      return new ProviderAnswer.NotHandedOver("circuit_open");
    }
    long start = breaker.getCurrentTimestamp();
    ProviderAnswer answer = limited(handover, guard.limiter());
    long took = breaker.getCurrentTimestamp() - start;
    switch (answer) {
      case ProviderAnswer.Accepted a -> breaker.onSuccess(took, breaker.getTimestampUnit());
      case ProviderAnswer.Rejected r -> breaker.onSuccess(took, breaker.getTimestampUnit());
      case ProviderAnswer.Throttled t -> breaker.releasePermission();
      case ProviderAnswer.Unauthorized u -> failed(breaker, took, u.code());
      case ProviderAnswer.NotHandedOver n -> failed(breaker, took, n.reason());
      case ProviderAnswer.Unknown u -> failed(breaker, took, u.reason());
    }
    return answer;
  }

  private ProviderAnswer limited(Handover handover, TimeLimiter limiter) {
    Provider provider = providers.of(handover.provider());
    try {
      return limiter.executeFutureSupplier(
          () -> threads.submit(() -> provider.handOver(handover, properties.timeout())));
    } catch (TimeoutException tooLong) {
      return new ProviderAnswer.Unknown("timeout");
    } catch (Exception failure) {
      return new ProviderAnswer.Unknown(failure.getClass().getSimpleName());
    }
  }

  private static void failed(CircuitBreaker breaker, long took, String reason) {
    breaker.onError(took, breaker.getTimestampUnit(), new NoAnswer(reason));
  }

  /** What the circuit breaker counts. */
  private static final class NoAnswer extends RuntimeException {
    NoAnswer(String reason) {
      super(reason, null, false, false);
    }
  }

  private Guards guard(ProviderName name) {
    Guards guard = guards.get(name);
    if (guard == null) {
      throw new IllegalStateException("No guards for provider " + name);
    }
    return guard;
  }

  private static Duration remaining(Handover handover) {
    return Duration.ofNanos(Math.max(0, handover.deadlineNanos() - System.nanoTime()));
  }
}
