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
   * Hands over once. Every fault is an answer; a fault before the first byte was written is {@link
   * ProviderAnswer.NotHandedOver}.
   */
  ProviderAnswer handOver(Handover handover, Duration timeout);
}
