package dev.aftertouch.engine.definition;

import org.jspecify.annotations.Nullable;

/**
 * What a touch says, before rendering. Variables are written {@code {{first_name}}}; {@code
 * {{first_name|there}}} gives a default for a customer without one.
 *
 * @param subject e-mail only; null for a text
 * @param body HTML for an e-mail (its plain-text part is derived), plain text for a text message
 */
public record Template(@Nullable String subject, String body) {}
