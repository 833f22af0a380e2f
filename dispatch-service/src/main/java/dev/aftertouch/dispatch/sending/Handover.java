package dev.aftertouch.dispatch.sending;

import java.util.UUID;

/**
 * A claimed attempt on its way out.
 *
 * @param attempt also the provider's idempotency key, where it goes alone
 * @param body the frozen bytes; a repeat sends the same
 * @param deadlineNanos {@link System#nanoTime()} after which no byte may be written
 */
public record Handover(
    UUID business,
    UUID touch,
    UUID attempt,
    ProviderName provider,
    byte[] body,
    long deadlineNanos) {}
