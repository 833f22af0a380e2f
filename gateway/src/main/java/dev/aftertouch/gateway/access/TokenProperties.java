package dev.aftertouch.gateway.access;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens are accepted.
 *
 * @param issuer must equal the token's {@code iss}
 * @param audience must be among the token's {@code aud}
 * @param jwkSetUri keys of a foreign issuer; not used with local sign-in
 */
@ConfigurationProperties("aftertouch.security")
public record TokenProperties(
    @DefaultValue("http://localhost:8080") String issuer,
    @DefaultValue("aftertouch") String audience,
    @Nullable URI jwkSetUri) {}
