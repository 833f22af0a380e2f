package dev.aftertouch.dispatch.suppressing;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How addresses are remembered.
 *
 * @param pepper secret key of the hashes of suppressed addresses; never changes
 */
@ConfigurationProperties("aftertouch.suppressing")
record SuppressingProperties(String pepper) {}
