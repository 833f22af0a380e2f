package dev.aftertouch.engine.content;

import org.jspecify.annotations.Nullable;

/**
 * What every message of a business carries besides its template.
 *
 * @param senderName the business as customers know it
 * @param postalAddress one line; an e-mail without it is not rendered (CAN-SPAM, 15 U.S.C.
 *     7704(a)(5))
 */
public record Layout(String senderName, @Nullable String postalAddress) {}
