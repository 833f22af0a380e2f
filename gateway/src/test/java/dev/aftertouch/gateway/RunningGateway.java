package dev.aftertouch.gateway;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The gateway on a real port with stub services behind it; shared by the tests that extend it. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "aftertouch.sign-in.local=true")
public abstract class RunningGateway {
  protected static final String BUSINESS = "00000000-0000-4000-8000-000000000001";
  protected static final StubService CAMPAIGN = new StubService("campaign");
  protected static final StubService ENROLLMENT = new StubService("enrollment");
  protected static final StubService DISPATCH = new StubService("dispatch");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @LocalServerPort private int port;
  @Autowired private JWKSource<SecurityContext> keys;

  protected final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .build();

  /** Nothing listens where analytics-service should be: port 1 is never served. */
  @DynamicPropertySource
  static void routes(DynamicPropertyRegistry properties) {
    properties.add("aftertouch.routes.campaign", CAMPAIGN::base);
    properties.add("aftertouch.routes.enrollment", ENROLLMENT::base);
    properties.add("aftertouch.routes.dispatch", DISPATCH::base);
    properties.add("aftertouch.routes.analytics", () -> "http://localhost:1");
    properties.add("aftertouch.routes.read-timeout", () -> "1s");
  }

  @BeforeEach
  void forget() {
    List.of(CAMPAIGN, ENROLLMENT, DISPATCH).forEach(service -> service.seen.clear());
  }

  protected URI at(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  protected HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(20));
  }

  /** A request with a valid token of a member of the staff. */
  protected HttpRequest.Builder signedIn(String path) {
    return request(path).header("Authorization", "Bearer " + token(claims -> {}));
  }

  protected HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  protected HttpResponse<String> post(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /** Signed with the gateway's own key; the change makes it wrong where a test wants that. */
  protected String token(Consumer<JwtClaimsSet.Builder> change) {
    return token(keys, change);
  }

  protected static String token(
      JWKSource<SecurityContext> keys, Consumer<JwtClaimsSet.Builder> change) {
    Instant now = Instant.now();
    JwtClaimsSet.Builder claims =
        JwtClaimsSet.builder()
            .issuer("http://localhost:8080")
            .subject("staff@demo.example")
            .audience(List.of("aftertouch"))
            .issuedAt(now.minusSeconds(600))
            .expiresAt(now.plusSeconds(600))
            .claim("business_id", BUSINESS)
            .claim("role", "staff");
    change.accept(claims);
    return new NimbusJwtEncoder(keys)
        .encode(
            JwtEncoderParameters.from(
                JwsHeader.with(SignatureAlgorithm.RS256).build(), claims.build()))
        .getTokenValue();
  }

  @SuppressWarnings("unchecked")
  protected static Map<String, Object> json(String body) {
    return JSON.readValue(body, Map.class);
  }
}
