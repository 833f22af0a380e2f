package dev.aftertouch.dispatch.settling;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How claims are ended; real time.
 *
 * @param lease from claiming to the deadline of an attempt; longer than a provider's time limit
 * @param sweepEvery how often open claims past their deadline are looked for
 */
@ConfigurationProperties("aftertouch.settling")
public record SettlingProperties(
    @DefaultValue("45s") Duration lease, @DefaultValue("15s") Duration sweepEvery) {}
