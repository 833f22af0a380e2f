package dev.aftertouch.analytics.projecting;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the projections are kept.
 *
 * @param rebuild empties all projections at the start and reads every topic again from its
 *     beginning
 * @param group the Kafka consumer group
 * @param lanes consumers of this instance, each with lanes of its own; more than the topics have
 *     partitions do nothing
 */
@ConfigurationProperties("aftertouch.analytics")
record AnalyticsProperties(
    @DefaultValue("false") boolean rebuild,
    @DefaultValue("analytics") String group,
    @DefaultValue("1") int lanes) {}
