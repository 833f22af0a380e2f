package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.service.documents.DefinitionIds;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A touch as its row says.
 *
 * @param round the round that the state answers
 * @param slotAt pacing slot that the touch owns
 * @param attempt null unless it was claimed and not released
 */
public record StoredTouch(
    Identity id,
    int round,
    Instant scheduledAt,
    Instant dueAt,
    TouchState state,
    String reason,
    Map<String, String> evidence,
    Instant decidedAt,
    @Nullable Instant heldUntil,
    @Nullable Instant slotAt,
    @Nullable Attempt attempt) {

  /**
   * What never changes of a touch.
   *
   * @param definition of its version, by {@link DefinitionIds}; null for a touch that was read back
   */
  public record Identity(
      UUID business,
      UUID touch,
      UUID enrollment,
      UUID campaign,
      int version,
      @Nullable UUID definition,
      UUID customer,
      String stepId,
      int number,
      Channel channel) {}

  /** Its hand-over to a provider. */
  public record Attempt(
      UUID id,
      ProviderName provider,
      @Nullable String address,
      byte[] payloadHash,
      @Nullable Integer segments,
      @Nullable String providerMessageId,
      @Nullable String providerCode) {
    Attempt answered(@Nullable String messageId, @Nullable String code) {
      return new Attempt(id, provider, address, payloadHash, segments, messageId, code);
    }
  }

  /** A touch of a business. */
  public record Key(UUID business, UUID touch) {}

  /** Its key. */
  public Key key() {
    return new Key(id.business(), id.touch());
  }

  StoredTouch ended(TouchState ended, String why, Instant at, @Nullable Attempt with) {
    return new StoredTouch(
        id, round, scheduledAt, dueAt, ended, why, Map.of(), at, null, slotAt, with);
  }

  StoredTouch released(String why, Instant until, Instant at) {
    return new StoredTouch(
        id, round, scheduledAt, dueAt, TouchState.DEFERRED, why, Map.of(), at, until, slotAt, null);
  }
}
