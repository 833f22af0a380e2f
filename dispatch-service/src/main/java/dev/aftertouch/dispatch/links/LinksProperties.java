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
 *     away; until then the enrollment's next touch waits, too. At least ten seconds cover what
 *     {@link dev.aftertouch.engine.inbound.ClickRules} compares
 */
@ConfigurationProperties("aftertouch.links")
public record LinksProperties(URI publicUrl, String key, @DefaultValue("15s") Duration hold) {}
