package dev.aftertouch.dispatch.sending;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a hand-over ended, as far as this side can know. */
public sealed interface ProviderAnswer {
  /** What it says of the message in that place of the parcel. */
  default ProviderAnswer of(int place) {
    return this;
  }

  /**
   * The provider has it.
   *
   * @param messageIds its ids of a parcel's messages, in their order; empty where it told none
   */
  record Accepted(List<String> messageIds) implements ProviderAnswer {
    /** Of one message. */
    static Accepted of(@Nullable String messageId) {
      return new Accepted(messageId == null ? List.of() : List.of(messageId));
    }

    /** Of the only message; null where it told none. */
    public @Nullable String messageId() {
      return messageIds.isEmpty() ? null : messageIds.getFirst();
    }

    @Override
    public Accepted of(int place) {
      return of(place < messageIds.size() ? messageIds.get(place) : null);
    }
  }

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
