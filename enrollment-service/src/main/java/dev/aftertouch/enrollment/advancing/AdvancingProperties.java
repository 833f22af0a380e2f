package dev.aftertouch.enrollment.advancing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How due touches are claimed.
 *
 * @param claimBatch most rows of one transaction
 * @param claimShare most rows of one business in one transaction
 * @param claimEvery pause (real time) after a batch that was not full; where it ended a burst, the
 *     next begins at once
 * @param claiming false for an instance that only serves requests and topics
 */
@ConfigurationProperties("aftertouch.advancing")
record AdvancingProperties(
    @DefaultValue("1000") int claimBatch,
    @DefaultValue("250") int claimShare,
    @DefaultValue("50ms") Duration claimEvery,
    @DefaultValue("true") boolean claiming) {}
