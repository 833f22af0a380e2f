package dev.aftertouch.dispatch.sending;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Hands a batch over, many at a time, outside any transaction.
 *
 * <p>In this order, so that nobody occupies what others wait for: a place among its business's
 * calls (a parcel of several messages has its own), a place among the provider's calls, the
 * deadline, the circuit breaker, the call itself under the time limit. Only a provider that honours
 * keys is asked again, with the same key and bytes. What could not begin before its deadline was
 * surely not handed over.
 *
 * <p>Everything but the waiting for the batch's end happens on the sending loop, one thread: places
 * are plain counters there, and a hand-over costs no thread and no lock.
 */
public final class SendMessages {
  /** What came of a parcel: the provider's answer is about all that is in it. */
  public record Answered(Parcel parcel, ProviderAnswer answer) {}

  private final Providers providers;
  private final Map<ProviderName, Guards> guards;
  private final EventLoop loop;
  private final ProvidersProperties properties;

  SendMessages(
      Providers providers,
      Map<ProviderName, Guards> guards,
      EventLoop loop,
      ProvidersProperties properties) {
    this.providers = providers;
    this.guards = guards;
    this.loop = loop;
    this.properties = properties;
  }

  /**
   * Returns when every parcel has its answer, in the order given, and soon after the last deadline
   * at the latest. Throws nothing but errors. Not to be called on the sending loop.
   */
  public List<Answered> send(List<Parcel> parcels) {
    SendingBatch batch =
        new SendingBatch(
            parcels, properties.inFlight(), properties.inFlightPerBusiness(), this::begin);
    loop.execute(batch::advance);
    batch.await(properties.timeout());
    List<Answered> answered = new ArrayList<>(parcels.size());
    for (int i = 0; i < parcels.size(); i++) {
      ProviderAnswer answer = batch.answer(i);
      answered.add(
          new Answered(
              parcels.get(i), answer == null ? new ProviderAnswer.Unknown("interrupted") : answer));
    }
    return answered;
  }

  private void begin(Parcel parcel, BooleanSupplier wanted, Consumer<ProviderAnswer> done) {
    Guards guard = guards.get(parcel.provider());
    if (guard == null) {
      throw new IllegalStateException("No guards for provider " + parcel.provider());
    }
    Provider provider = providers.of(parcel.provider());
    new GuardedCall(parcel, provider, guard, properties.timeout(), loop, wanted, done).enter();
  }
}
