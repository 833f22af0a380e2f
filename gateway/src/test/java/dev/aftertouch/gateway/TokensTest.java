package dev.aftertouch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokensTest extends RunningGateway {
  private static final String PATH = "/api/campaigns";

  @Test
  void acceptsAValidToken() {
    assertThat(statusWith(token(claims -> {}))).isEqualTo(200);
  }

  @Test
  void refusesARequestWithoutToken() {
    HttpResponse<String> answer = send(request(PATH));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer.body())).containsEntry("type", "urn:aftertouch:problem:not_signed_in");
  }

  @Test
  void refusesAnExpiredToken() {
    String token = token(claims -> claims.expiresAt(Instant.now().minusSeconds(61)));

    assertThat(statusWith(token)).isEqualTo(401);
  }

  @Test
  void refusesATokenSignedByAnotherKey() throws JOSEException {
    JWKSet others = new JWKSet(new RSAKeyGenerator(2048).keyID("other").generate());

    assertThat(statusWith(token(new ImmutableJWKSet<>(others), claims -> {}))).isEqualTo(401);
  }

  @Test
  void refusesATokenWhoseClaimsWereChanged() {
    String[] parts = token(claims -> {}).split("\\.");
    String[] other = token(claims -> claims.claim("role", "owner")).split("\\.");

    assertThat(statusWith(parts[0] + "." + other[1] + "." + parts[2])).isEqualTo(401);
  }

  @Test
  void refusesATokenWithoutSignatureOrWithASharedSecret() throws JOSEException {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer("http://localhost:8080")
            .audience("aftertouch")
            .subject("owner@demo.example")
            .expirationTime(Date.from(Instant.now().plusSeconds(60)))
            .claim("business_id", BUSINESS)
            .claim("role", "owner")
            .build();
    SignedJWT shared = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    shared.sign(new MACSigner(new byte[32]));

    assertThat(statusWith(new PlainJWT(claims).serialize())).isEqualTo(401);
    assertThat(statusWith(shared.serialize())).isEqualTo(401);
  }

  @Test
  void refusesATokenForAnotherAudienceOrOfAnotherIssuer() {
    assertThat(statusWith(token(claims -> claims.audience(List.of("elsewhere"))))).isEqualTo(401);
    assertThat(statusWith(token(claims -> claims.issuer("https://evil.example")))).isEqualTo(401);
  }

  @Test
  void refusesATokenWithoutBusinessOrWithAnUnknownRole() {
    assertThat(statusWith(token(claims -> claims.claim("business_id", "all")))).isEqualTo(401);
    assertThat(statusWith(token(claims -> claims.claims(all -> all.remove("business_id")))))
        .isEqualTo(401);
    assertThat(statusWith(token(claims -> claims.claim("role", "root")))).isEqualTo(401);
    assertThat(
            statusWith(token(claims -> claims.claim("business_id", UUID.randomUUID().toString()))))
        .isEqualTo(200);
  }

  @Test
  void takesNoTokenFromTheAddress() {
    HttpResponse<String> answer = send(request(PATH + "?access_token=" + token(claims -> {})));

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  private int statusWith(String token) {
    return send(request(PATH).header("Authorization", "Bearer " + token)).statusCode();
  }
}
