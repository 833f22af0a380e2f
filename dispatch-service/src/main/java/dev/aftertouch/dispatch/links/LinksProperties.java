package dev.aftertouch.dispatch.links;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Public links.
 *
 * @param publicUrl where customers and providers reach us, without a path
 * @param key secret of the links' check; links written with another one lead nowhere
 */
@ConfigurationProperties("aftertouch.links")
public record LinksProperties(URI publicUrl, String key) {}
