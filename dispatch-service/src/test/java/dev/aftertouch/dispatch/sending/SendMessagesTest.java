package dev.aftertouch.dispatch.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.sending.SendMessages.Answered;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendMessagesTest {
  private static final UUID FLOOD = new UUID(0, 1);
  private static final UUID QUIET = new UUID(0, 2);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final ProviderAnswer YES = ProviderAnswer.Accepted.of("id");
  private static final ProviderAnswer LOST = new ProviderAnswer.Unknown("lost");
  private static final ProviderAnswer LATER = new ProviderAnswer.Throttled(Duration.ofSeconds(1));
  private static final ProviderAnswer NOT = new ProviderAnswer.NotHandedOver("no_connection");

  private final SendingLoop loop = new SendingLoop();
  private final Scripted provider = new Scripted();
  private final CircuitBreaker breaker = CircuitBreaker.ofDefaults("any");
  private final SendMessages sender = sender(4, 2);

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void answersInTheOrderGiven() {
    List<Parcel> parcels = IntStream.range(0, 500).mapToObj(i -> mail(new UUID(1, i))).toList();

    List<Answered> answered = sender.send(parcels);

    assertThat(answered).isEqualTo(parcels.stream().map(p -> new Answered(p, YES)).toList());
    assertThat(sender.send(List.of())).isEmpty();
  }

  @Test
  void aFloodLeavesRoomForOthers() {
    List<Parcel> parcels = new ArrayList<>(Collections.nCopies(20, mail(FLOOD)));
    parcels.add(mail(QUIET));
    provider.takes(Duration.ofMillis(20));

    sender.send(parcels);

    assertThat(provider.begun.indexOf(QUIET)).isEqualTo(1);
    assertThat(provider.mostAtOnce).isEqualTo(3);
  }

  @Test
  void batchesShareTheProvidersPlaces() {
    SendMessages narrow = sender(3, 100);
    provider.takes(Duration.ofMillis(10));

    List<CompletableFuture<List<Answered>>> batches =
        IntStream.range(0, 4)
            .mapToObj(i -> Collections.nCopies(10, mail(new UUID(2, i))))
            .map(
                batch ->
                    CompletableFuture.supplyAsync(
                        () -> narrow.send(batch), task -> Thread.ofVirtual().start(task)))
            .toList();

    assertThat(batches)
        .allSatisfy(
            batch -> assertThat(batch.join()).extracting(Answered::answer).containsOnly(YES));
    assertThat(provider.begun).hasSize(40);
    assertThat(provider.mostAtOnce).isEqualTo(3);
  }

  @Test
  void asksAgainOnlyWhereTheProviderHonoursKeys() {
    provider.answers(LOST, YES);
    assertThat(answer(mail(QUIET))).isEqualTo(YES);
    assertThat(provider.begun).hasSize(2);

    provider.answers(LOST, YES);
    assertThat(answer(text(QUIET))).isEqualTo(LOST);
    assertThat(provider.begun).hasSize(3);
  }

  @Test
  void onlyTheProvidersWordEndsADoubt() {
    ProviderAnswer refused = new ProviderAnswer.Unauthorized("http_401");

    provider.answers(LOST, LATER, NOT);
    assertThat(answer(mail(QUIET))).isEqualTo(new ProviderAnswer.Unknown("no_connection"));
    provider.answers(LOST, refused, new ProviderAnswer.Rejected("no"));
    assertThat(answer(mail(QUIET))).isEqualTo(new ProviderAnswer.Rejected("no"));
    provider.answers(LATER);
    assertThat(answer(mail(QUIET))).isEqualTo(LATER);
    provider.answers(NOT);
    assertThat(answer(mail(QUIET))).isEqualTo(NOT);
    assertThat(provider.begun).hasSize(8);
  }

  @Test
  void nothingBeginsThatMightNotEndBeforeItsDeadline() {
    assertThat(answer(handover(ProviderName.RESEND, QUIET, TIMEOUT.minusMillis(50))))
        .isEqualTo(new ProviderAnswer.NotHandedOver("deadline"));
    assertThat(provider.begun).isEmpty();
  }

  @Test
  void nothingIsHandedOverWhileTheCircuitIsOpen() {
    breaker.transitionToOpenState();

    assertThat(sender.send(Collections.nCopies(500, text(QUIET))))
        .extracting(Answered::answer)
        .containsOnly(new ProviderAnswer.NotHandedOver("circuit_open"));
    assertThat(provider.begun).isEmpty();
  }

  @Test
  void throttlingIsNoFaultAndEverythingElseWithoutAWordIs() {
    provider.answers(LATER, NOT, LOST, YES);

    sender.send(Collections.nCopies(4, text(QUIET)));

    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(2);
    assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
  }

  @Test
  void anAdapterThatFailsLeavesADoubtAndNobodyWaiting() {
    provider.fails();

    assertThat(sender.send(List.of(text(FLOOD), text(FLOOD), text(FLOOD))))
        .extracting(Answered::answer)
        .containsOnly(new ProviderAnswer.Unknown("IllegalStateException"));
  }

  @Test
  void interruptedItBeginsNothingMore() throws InterruptedException {
    provider.takes(Duration.ofMillis(100));
    List<Answered> answered = new ArrayList<>();
    Thread sending =
        Thread.ofPlatform()
            .start(() -> answered.addAll(sender.send(Collections.nCopies(50, text(FLOOD)))));
    sending.interrupt();
    sending.join();

    assertThat(answered)
        .hasSize(50)
        .extracting(Answered::answer)
        .contains(new ProviderAnswer.Unknown("interrupted"));
    int begun = provider.begun.size();
    assertThat(answer(text(QUIET))).isEqualTo(YES);
    assertThat(provider.begun).hasSize(begun + 1);
  }

  private ProviderAnswer answer(Parcel parcel) {
    return sender.send(List.of(parcel)).getFirst().answer();
  }

  private SendMessages sender(int inFlight, int ofOneBusiness) {
    Guards guards =
        new Guards(
            breaker,
            Bulkhead.of(
                "any",
                BulkheadConfig.custom()
                    .maxConcurrentCalls(inFlight)
                    .maxWaitDuration(Duration.ZERO)
                    .build()),
            Retry.of(
                "any",
                RetryConfig.<ProviderAnswer>custom()
                    .maxAttempts(3)
                    .waitDuration(Duration.ofMillis(1))
                    .retryOnResult(answer -> answer instanceof ProviderAnswer.Unknown)
                    .build()));
    ProvidersProperties limits =
        new ProvidersProperties(null, null, null, TIMEOUT, inFlight, ofOneBusiness);
    return new SendMessages(
        new Providers(
            List.of(provider.named(ProviderName.RESEND), provider.named(ProviderName.TWILIO))),
        Map.of(ProviderName.RESEND, guards, ProviderName.TWILIO, guards),
        loop.thread(),
        limits);
  }

  private static Parcel mail(UUID business) {
    return handover(ProviderName.RESEND, business, Duration.ofMinutes(1));
  }

  private static Parcel text(UUID business) {
    return handover(ProviderName.TWILIO, business, Duration.ofMinutes(1));
  }

  private static Parcel handover(ProviderName provider, UUID business, Duration left) {
    UUID id = UUID.randomUUID();
    return Parcel.of(
        new Handover(business, id, id, provider, new byte[0], System.nanoTime() + left.toNanos()));
  }

  /** Answers what it is told to, then yes. Its fields are the loop's while it is at work. */
  private final class Scripted {
    private final List<UUID> begun = Collections.synchronizedList(new ArrayList<>());
    private final List<ProviderAnswer> script = Collections.synchronizedList(new ArrayList<>());
    private volatile Duration pause = Duration.ZERO;
    private volatile boolean failing;
    private volatile int atOnce;
    private volatile int mostAtOnce;

    void answers(ProviderAnswer... answers) {
      script.addAll(Arrays.asList(answers));
    }

    void takes(Duration time) {
      pause = time;
    }

    void fails() {
      failing = true;
    }

    Provider named(ProviderName name) {
      return new Adapter(name);
    }

    private void take(Parcel parcel, Consumer<ProviderAnswer> done) {
      if (failing) {
        throw new IllegalStateException("A fault of the adapter");
      }
      begun.add(parcel.lane());
      atOnce = atOnce + 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      ProviderAnswer answer = script.isEmpty() ? YES : script.removeFirst();
      Runnable answering =
          () -> {
            atOnce = atOnce - 1;
            done.accept(answer);
          };
      if (pause.isZero()) {
        answering.run();
      } else {
        var unused = loop.thread().schedule(answering, pause.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    private final class Adapter implements Provider {
      private final ProviderName name;

      Adapter(ProviderName name) {
        this.name = name;
      }

      @Override
      public ProviderName name() {
        return name;
      }

      @Override
      public boolean isConfigured() {
        return true;
      }

      @Override
      public byte[] freeze(Message message) {
        return new byte[0];
      }

      @Override
      public byte[] freezeAgain(
          byte[] frozen, Message.Ids earlier, Message.Ids ids, int validitySeconds) {
        return frozen;
      }

      @Override
      public void handOver(Parcel parcel, Duration timeout, Consumer<ProviderAnswer> done) {
        assertThat(loop.thread().inEventLoop()).isTrue();
        take(parcel, done);
      }
    }
  }
}
