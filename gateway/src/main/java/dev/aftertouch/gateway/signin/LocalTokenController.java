package dev.aftertouch.gateway.signin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aftertouch.gateway.access.TokenProperties;
import dev.aftertouch.gateway.problems.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** E-mail and password for a token, for the command line on a developer's machine. */
@RestController
@ConditionalOnProperty("aftertouch.sign-in.local")
class LocalTokenController {
  private final Users users;
  private final JwtEncoder tokenWriter;
  private final TokenProperties tokens;
  private final InstantSource clock;

  LocalTokenController(
      Users users, JwtEncoder tokenWriter, TokenProperties tokens, InstantSource clock) {
    this.users = users;
    this.tokenWriter = tokenWriter;
    this.tokens = tokens;
    this.clock = clock;
  }

  record Credentials(@Nullable String email, @Nullable String password) {}

  /**
   * What the caller gets.
   *
   * @param expiresIn seconds
   */
  record Token(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn) {}

  @PostMapping(path = "/local/token", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<?> token(@RequestBody Credentials credentials) {
    Optional<SignedInUser> user =
        users.authenticate(
            credentials.email() == null ? "" : credentials.email(),
            credentials.password() == null ? "" : credentials.password());
    return user.<ResponseEntity<?>>map(this::issued).orElseGet(LocalTokenController::refused);
  }

  private ResponseEntity<Token> issued(SignedInUser user) {
    Instant now = clock.instant();
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .id(UUID.randomUUID().toString())
            .issuer(tokens.issuer())
            .subject(user.getUsername())
            .audience(List.of(tokens.audience()))
            .issuedAt(now)
            .expiresAt(now.plus(LocalSignIn.TOKEN_LIFE))
            .claim("business_id", user.businessId().toString())
            .claim("role", user.role())
            .build();
    String token =
        tokenWriter
            .encode(
                JwtEncoderParameters.from(JwsHeader.with(SignatureAlgorithm.RS256).build(), claims))
            .getTokenValue();
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new Token(token, "Bearer", LocalSignIn.TOKEN_LIFE.toSeconds()));
  }

  private static ResponseEntity<?> refused() {
    Problem problem = Problem.wrongCredentials();
    return ResponseEntity.status(problem.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem.document("/local/token"));
  }
}
