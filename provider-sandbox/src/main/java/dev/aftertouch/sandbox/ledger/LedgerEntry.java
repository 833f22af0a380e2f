package dev.aftertouch.sandbox.ledger;

import dev.aftertouch.sandbox.messages.Provider;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as the ledger remembers it.
 *
 * @param id the provider's message id; empty where no message was created
 * @param sha256 of the payload as it came over the wire, 64 hex digits; empty where none was read
 * @param correlation the caller's own tags
 * @param reason why it was rejected, or which fault was played
 */
public record LedgerEntry(
    Provider provider,
    String id,
    @Nullable String key,
    String sha256,
    String to,
    @Nullable String from,
    Map<String, String> correlation,
    Outcome outcome,
    @Nullable String reason) {

  /** An entry as it stands in the ledger; times in epoch milliseconds, real and virtual. */
  public record Kept(long seq, long receivedAt, long virtualAt, LedgerEntry entry) {}

  @Nullable String business() {
    String business = correlation.get("business_id");
    return business != null ? business : correlation.get("business");
  }

  /**
   * What must not be accepted twice: the touch where it is tagged, in whatever round and by
   * whichever provider, else the attempt, else the idempotency key. Null where the caller gave
   * nothing to go by.
   */
  @Nullable String identity() {
    String touch = correlation.getOrDefault("touch_id", correlation.get("touch"));
    if (touch != null) {
      return touch;
    }
    String attempt = correlation.getOrDefault("attempt_id", correlation.get("attempt"));
    return attempt != null ? attempt : key;
  }
}
