package dev.aftertouch.analytics.forgetting;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is kept, by the business clock.
 *
 * @param timeline an enrollment's story, line by line
 */
@ConfigurationProperties("aftertouch.retention.keep")
record Keep(@DefaultValue("1095d") Duration timeline) {}
