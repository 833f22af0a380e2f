package dev.aftertouch.gateway.access;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * RS256 only; issuer, audience, expiry, business and role are checked before anything is routed.
 */
@Configuration
class TokenChecks {
  private static final Set<String> ROLES = Set.of("owner", "staff", "analyst");

  @Bean
  JwtDecoder tokens(TokenProperties properties, ObjectProvider<JWKSource<SecurityContext>> keys) {
    JWKSource<SecurityContext> own = keys.getIfAvailable();
    NimbusJwtDecoder decoder = own == null ? foreign(properties) : ofOwn(own);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(properties.issuer()),
            audience(properties.audience()),
            new JwtClaimValidator<String>("business_id", TokenChecks::isUuid),
            new JwtClaimValidator<String>("role", role -> role != null && ROLES.contains(role))));
    return decoder;
  }

  private static NimbusJwtDecoder ofOwn(JWKSource<SecurityContext> keys) {
    return NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(SignatureAlgorithm.RS256).build();
  }

  private static NimbusJwtDecoder foreign(TokenProperties properties) {
    if (properties.jwkSetUri() == null) {
      throw new IllegalStateException(
          "Nobody can sign in: set aftertouch.security.jwk-set-uri to your issuer's keys,"
              + " or aftertouch.sign-in.local=true on a developer's machine.");
    }
    return NimbusJwtDecoder.withJwkSetUri(properties.jwkSetUri().toString())
        .jwsAlgorithm(SignatureAlgorithm.RS256)
        .build();
  }

  private static OAuth2TokenValidator<Jwt> audience(String expected) {
    return new JwtClaimValidator<List<String>>(
        "aud", audiences -> audiences != null && audiences.contains(expected));
  }

  private static boolean isUuid(String text) {
    try {
      return text != null && UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
