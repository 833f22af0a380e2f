package dev.aftertouch.dispatch.sending;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a hand-over ended, as far as this side can know. */
public sealed interface ProviderAnswer {
  /** The provider has it. */
  record Accepted(@Nullable String messageId) implements ProviderAnswer {}

  /** The provider refused it for good. */
  record Rejected(String code) implements ProviderAnswer {}

  /** The provider wants it later and does not have it. */
  record Throttled(Duration retryAfter) implements ProviderAnswer {}

  /** The provider refused our credentials: the channel's fault, not the touch's. */
  record Unauthorized(String code) implements ProviderAnswer {}

  /** Surely not handed over: no byte of it was written. */
  record NotHandedOver(String reason) implements ProviderAnswer {}

  /** Bytes were written and the answer was lost: the provider may have it. */
  record Unknown(String reason) implements ProviderAnswer {}
}
