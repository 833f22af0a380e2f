package dev.aftertouch.dispatch.forgetting;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is kept, by the business clock.
 *
 * @param messages frozen bytes, their links and the requests for those
 * @param webhookBodies what a webhook said, after it was worked in
 * @param webhooks that a webhook came, by which a repeat is known
 * @param userAgents which program asked for a link
 * @param reviewTexts words and number of a text in doubt, after it was decided
 */
@ConfigurationProperties("aftertouch.retention.keep")
record Keep(
    @DefaultValue("400d") Duration messages,
    @DefaultValue("1d") Duration webhookBodies,
    @DefaultValue("30d") Duration webhooks,
    @DefaultValue("90d") Duration userAgents,
    @DefaultValue("400d") Duration reviewTexts) {}
