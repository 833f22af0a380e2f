package dev.aftertouch.enrollment.forgetting;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is kept, by the business clock.
 *
 * @param refusals why jobs led to no enrollment
 */
@ConfigurationProperties("aftertouch.retention.keep")
record Keep(@DefaultValue("400d") Duration refusals) {}
