package dev.aftertouch.gateway.signin;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.aftertouch.gateway.access.TokenProperties;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** The authorization server on a developer's machine, with the users of demo-users.properties. */
@Configuration
@ConditionalOnProperty("aftertouch.sign-in.local")
@PropertySource("classpath:demo-users.properties")
class LocalSignIn {
  /** How long an access token is valid. */
  static final Duration TOKEN_LIFE = Duration.ofHours(1);

  @Bean
  PasswordEncoder passwordHashes() {
    return PasswordEncoderFactories.createDelegatingPasswordEncoder();
  }

  @Bean
  Users users(SignInProperties properties, PasswordEncoder hashes) {
    return new Users(properties, hashes);
  }

  @Bean
  JWKSource<SecurityContext> signingKeys(SignInProperties properties) {
    return new ImmutableJWKSet<>(new JWKSet(SigningKey.of(properties.keyFile())));
  }

  @Bean
  JwtEncoder tokenWriter(JWKSource<SecurityContext> keys) {
    return new NimbusJwtEncoder(keys);
  }

  @Bean
  AuthorizationServerSettings authorizationServer(TokenProperties tokens) {
    return AuthorizationServerSettings.builder().issuer(tokens.issuer()).build();
  }

  /** The admin UI runs in a browser and keeps no secret: authorization code with PKCE only. */
  @Bean
  RegisteredClientRepository clients(SignInProperties properties) {
    RegisteredClient adminUi =
        RegisteredClient.withId("admin-ui")
            .clientId("admin-ui")
            .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUris(
                uris -> properties.redirectUris().forEach(uri -> uris.add(uri.toString())))
            .scope(OidcScopes.OPENID)
            .clientSettings(
                ClientSettings.builder()
                    .requireProofKey(true)
                    .requireAuthorizationConsent(false)
                    .build())
            .tokenSettings(
                TokenSettings.builder()
                    .accessTokenTimeToLive(TOKEN_LIFE)
                    .idTokenSignatureAlgorithm(SignatureAlgorithm.RS256)
                    .build())
            .build();
    return new InMemoryRegisteredClientRepository(adminUi);
  }

  /** An identity token stays addressed to the UI, so that it is of no use as an access token. */
  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> businessAndRole(Users users, TokenProperties tokens) {
    return context -> {
      SignedInUser user =
          users.loadUserByUsername(
              Objects.requireNonNull(context.<Authentication>getPrincipal()).getName());
      context
          .getClaims()
          .claim("business_id", user.businessId().toString())
          .claim("role", user.role());
      if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
        context.getClaims().audience(List.of(tokens.audience()));
      }
    };
  }
}
