package dev.aftertouch.dispatch.links;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Public links.
 *
 * @param publicUrl where customers and providers reach us, without a path
 * @param key secret of the links' check; links written with another one lead nowhere
 * @param hold how long, in real time, a click that may be a machine's waits for others that give it
 *     away; until then the enrollment's next touch waits, too. Below {@link
 *     dev.aftertouch.engine.inbound.ClickRules#LEAST_HOLD} the service says at its start that it
 *     may take a slow scanner for a human
 */
@ConfigurationProperties("aftertouch.links")
public record LinksProperties(URI publicUrl, String key, @DefaultValue("15s") Duration hold) {}
