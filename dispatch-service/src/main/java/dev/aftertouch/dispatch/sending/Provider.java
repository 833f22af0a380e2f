package dev.aftertouch.dispatch.sending;

import java.time.Duration;

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

  /**
   * Hands over once. Every fault is an answer; a fault before the first byte was written is {@link
   * ProviderAnswer.NotHandedOver}.
   */
  ProviderAnswer handOver(Handover handover, Duration timeout);
}
