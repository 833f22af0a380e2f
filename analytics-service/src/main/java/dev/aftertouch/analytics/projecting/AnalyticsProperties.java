package dev.aftertouch.analytics.projecting;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the projections are kept.
 *
 * @param rebuild empties all projections at the start and reads every topic again from its
 *     beginning
 * @param group the Kafka consumer group
 */
@ConfigurationProperties("aftertouch.analytics")
record AnalyticsProperties(
    @DefaultValue("false") boolean rebuild, @DefaultValue("analytics") String group) {}
