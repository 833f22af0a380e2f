package dev.aftertouch.dispatch.sending;

import java.time.Duration;
import java.util.function.Consumer;

/** One provider's way to take a message. */
interface Provider {
  ProviderName name();

  /** Whether the operator gave it an address and credentials; if not, its touches are skipped. */
  boolean isConfigured();

  /** The bytes that will be handed over, now and in any repeat. Pure: calls nobody. */
  byte[] freeze(Message message);

  /**
   * The same message for another attempt: the ids of the attempt and the validity change, nothing
   * else.
   */
  byte[] freezeAgain(byte[] frozen, Message.Ids earlier, Message.Ids ids, int validitySeconds);

  /** Most messages of one call. */
  default int mostTogether() {
    return 1;
  }

  /**
   * Hands over once. Called on the sending loop, where nothing may wait, and tells {@code done} its
   * answer there, once, within the time limit. Every fault is an answer; a fault before the first
   * byte was written is {@link ProviderAnswer.NotHandedOver}. Of a parcel with several messages the
   * provider takes all or, where it has {@link ProviderAnswer.Rejected} it, surely none.
   */
  void handOver(Parcel parcel, Duration timeout, Consumer<ProviderAnswer> done);
}
