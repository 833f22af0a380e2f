package dev.aftertouch.dispatch.reconciling;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How providers are asked; real time unless said otherwise.
 *
 * @param lookEvery how often the provider is asked about an attempt whose answer was lost
 * @param patience how long, before the business's policy applies
 * @param textsEvery how often the texts that customers sent are asked for
 * @param textsWindow how far back, by the business clock; the first time after a start 24 times as
 *     far
 */
@ConfigurationProperties("aftertouch.reconciling")
record ReconcilingProperties(
    @DefaultValue("30s") Duration lookEvery,
    @DefaultValue("15m") Duration patience,
    @DefaultValue("5m") Duration textsEvery,
    @DefaultValue("60m") Duration textsWindow) {}
