package dev.aftertouch.service.access;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tokens are verified.
 *
 * @param publicPaths patterns that need no token (webhooks, links); everything else does
 */
@ConfigurationProperties("aftertouch.security")
public record AccessProperties(
    String jwkSetUri,
    String issuer,
    @DefaultValue("aftertouch") String audience,
    @DefaultValue List<String> publicPaths) {}
