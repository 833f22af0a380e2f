package dev.aftertouch.local.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * Stands in for the gateway's sign-in in a service's tests: a key pair, its JWKS over HTTP and
 * tokens as the gateway mints them. Set {@code aftertouch.security.jwk-set-uri} to {@link
 * #jwkSetUri()} and {@code aftertouch.security.issuer} to {@link #ISSUER}.
 */
public final class TestIdentity {
  /** Issuer of all tokens. */
  public static final String ISSUER = "http://identity.test";

  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private static final TestIdentity SHARED = new TestIdentity();

  private final KeyPair keys;
  private final HttpServer server;

  private TestIdentity() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      keys = generator.generateKeyPair();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/jwks",
          exchange -> {
            byte[] body = jwks().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /** One identity for the test JVM. */
  public static TestIdentity shared() {
    return SHARED;
  }

  /** Where the public key is. */
  public String jwkSetUri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
  }

  /** A token valid for an hour of real time; role is owner, staff or analyst. */
  public String token(UUID business, String role) {
    return token(business, role, ISSUER, "aftertouch", Instant.now().plusSeconds(3600));
  }

  /** A token of which everything can be wrong. */
  public String token(UUID business, String role, String issuer, String audience, Instant expires) {
    String header = "{\"alg\":\"RS256\",\"kid\":\"test\",\"typ\":\"JWT\"}";
    String claims =
        """
        {"sub":"%s@test.example","business_id":"%s","role":"%s","iss":"%s","aud":["%s"],"iat":%d,"exp":%d}"""
            .formatted(
                role,
                business,
                role,
                issuer,
                audience,
                expires.getEpochSecond() - 3600,
                expires.getEpochSecond());
    String signed = encode(header) + "." + encode(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String jwks() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return """
        {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"test","n":"%s","e":"%s"}]}"""
        .formatted(
            unsigned(key.getModulus().toByteArray()),
            unsigned(key.getPublicExponent().toByteArray()));
  }

  private static String unsigned(byte[] number) {
    int from = number[0] == 0 ? 1 : 0;
    return URL.encodeToString(java.util.Arrays.copyOfRange(number, from, number.length));
  }

  private static String encode(String json) {
    return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
