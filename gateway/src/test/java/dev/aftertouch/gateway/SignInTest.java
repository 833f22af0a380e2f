package dev.aftertouch.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInTest extends RunningGateway {
  private static final String VERIFIER = "0123456789012345678901234567890123456789abc";
  private static final String BACK = "http://localhost:8080/";

  @ParameterizedTest
  @CsvSource({
    "owner@demo.example, owner, 00000000-0000-4000-8000-000000000001",
    "Staff@Demo.Example, staff, 00000000-0000-4000-8000-000000000001",
    "analyst@demo.example, analyst, 00000000-0000-4000-8000-000000000001",
    "owner@harbor.example, owner, 00000000-0000-4000-8000-000000000002"
  })
  void givesTheCommandLineATokenWithBusinessAndRole(String email, String role, String business)
      throws Exception {
    HttpResponse<String> answer = post("/local/token", Map.of("email", email, "password", "demo"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    assertThat(json(answer.body())).containsEntry("expires_in", 3600);
    String token = field(answer, "access_token");
    JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualToIgnoringCase(email);
    assertThat(claims.getStringClaim("role")).isEqualTo(role);
    assertThat(claims.getStringClaim("business_id")).isEqualTo(business);
    assertThat(claims.getAudience()).containsExactly("aftertouch");
    assertThat(claims.getIssuer()).isEqualTo("http://localhost:8080");
    assertThat(statusWith(token)).isEqualTo(200);
  }

  @Test
  void answersAWrongPasswordAndAnUnknownUserAlike() {
    HttpResponse<String> wrong =
        post("/local/token", Map.of("email", "owner@demo.example", "password", "guess"));
    HttpResponse<String> unknown =
        post("/local/token", Map.of("email", "nobody@demo.example", "password", "demo"));
    HttpResponse<String> empty = post("/local/token", Map.of());

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(json(wrong.body()))
        .containsEntry("type", "urn:aftertouch:problem:wrong_credentials");
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(empty.body()).isEqualTo(wrong.body());
  }

  @Test
  void answersABodyThatIsNoJsonWithAProblem() {
    HttpResponse<String> answer =
        send(
            request("/local/token")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{")));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void signsTheAdminUiInByAuthorizationCodeWithPkce() throws Exception {
    String authorize =
        "/oauth2/authorize?response_type=code&client_id=admin-ui&scope=openid&state=s1&redirect_uri="
            + encoded(BACK)
            + "&code_challenge_method=S256&code_challenge="
            + challenge();

    HttpResponse<String> first = send(page(authorize));
    assertThat(first.headers().firstValue("Location").orElseThrow()).endsWith("/login");
    HttpResponse<String> login = send(page("/login"));
    HttpResponse<String> in =
        form(
            "/login",
            Map.of(
                "username", "owner@demo.example",
                "password", "demo",
                "_csrf", hidden(login.body())));
    assertThat(in.statusCode()).isEqualTo(302);
    HttpResponse<String> granted = send(page(authorize));
    URI back = URI.create(granted.headers().firstValue("Location").orElseThrow());
    assertThat(back).hasHost("localhost").hasPath("/").hasParameter("state", "s1");
    HttpResponse<String> tokens = exchange(parameter(back, "code"), VERIFIER);

    assertThat(tokens.statusCode()).isEqualTo(200);
    String access = field(tokens, "access_token");
    String identity = field(tokens, "id_token");
    JWTClaimsSet claims = SignedJWT.parse(access).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo("owner@demo.example");
    assertThat(claims.getStringClaim("role")).isEqualTo("owner");
    assertThat(claims.getStringClaim("business_id")).isEqualTo(BUSINESS);
    assertThat(claims.getAudience()).containsExactly("aftertouch");
    assertThat(statusWith(access)).isEqualTo(200);
    assertThat(statusWith(identity)).as("an identity token opens no API").isEqualTo(401);
    assertThat(exchange(parameter(back, "code"), VERIFIER).statusCode())
        .as("a code is good for once")
        .isEqualTo(400);
  }

  @Test
  void grantsNothingWithoutPkceOrWithAForeignReturnAddress() throws Exception {
    signInByForm();

    HttpResponse<String> bare =
        send(
            page(
                "/oauth2/authorize?response_type=code&client_id=admin-ui&scope=openid&redirect_uri="
                    + encoded(BACK)));
    HttpResponse<String> foreign =
        send(
            page(
                "/oauth2/authorize?response_type=code&client_id=admin-ui&scope=openid&redirect_uri="
                    + encoded("https://evil.example/")
                    + "&code_challenge_method=S256&code_challenge="
                    + challenge()));

    assertThat(bare.headers().firstValue("Location").orElseThrow())
        .startsWith(BACK)
        .contains("error=invalid_request")
        .doesNotContain("code=");
    assertThat(foreign.statusCode()).isEqualTo(400);
    assertThat(foreign.headers().firstValue("Location")).isEmpty();
  }

  @Test
  void needsTheVerifierThatBelongsToTheChallenge() throws Exception {
    signInByForm();
    HttpResponse<String> granted =
        send(
            page(
                "/oauth2/authorize?response_type=code&client_id=admin-ui&scope=openid&redirect_uri="
                    + encoded(BACK)
                    + "&code_challenge_method=S256&code_challenge="
                    + challenge()));
    URI back = URI.create(granted.headers().firstValue("Location").orElseThrow());

    HttpResponse<String> stolen = exchange(parameter(back, "code"), VERIFIER.replace('0', 'x'));

    assertThat(stolen.statusCode()).isEqualTo(400);
    assertThat(json(stolen.body())).containsEntry("error", "invalid_grant");
  }

  @Test
  void publishesItsKeysWithoutThePrivateHalf() {
    HttpResponse<String> keys = send(request("/oauth2/jwks"));

    assertThat(keys.statusCode()).isEqualTo(200);
    assertThat(keys.body())
        .contains("\"kty\":\"RSA\"", "\"alg\":\"RS256\"")
        .doesNotContain("\"d\"");
    assertThat(json(send(request("/.well-known/openid-configuration")).body()))
        .containsEntry("issuer", "http://localhost:8080")
        .containsEntry("jwks_uri", "http://localhost:8080/oauth2/jwks");
  }

  private void signInByForm() throws Exception {
    HttpResponse<String> login = send(page("/login"));
    HttpResponse<String> in =
        form(
            "/login",
            Map.of(
                "username", "owner@demo.example",
                "password", "demo",
                "_csrf", hidden(login.body())));
    assertThat(in.headers().firstValue("Location").orElseThrow()).doesNotContain("error");
  }

  private HttpRequest.Builder page(String path) {
    return request(path).header("Accept", "text/html");
  }

  private HttpResponse<String> exchange(String code, String verifier) {
    return form(
        "/oauth2/token",
        Map.of(
            "grant_type", "authorization_code",
            "client_id", "admin-ui",
            "redirect_uri", BACK,
            "code", code,
            "code_verifier", verifier));
  }

  private HttpResponse<String> form(String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private static String field(HttpResponse<String> answer, String name) {
    return String.valueOf(json(answer.body()).get(name));
  }

  private int statusWith(String token) {
    return send(request("/api/campaigns").header("Authorization", "Bearer " + token)).statusCode();
  }

  private static String challenge() throws Exception {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(US_ASCII)));
  }

  private static String hidden(String page) {
    Matcher field = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(page);
    assertThat(field.find()).isTrue();
    return field.group(1);
  }

  private static String parameter(URI uri, String name) {
    return Arrays.stream(uri.getQuery().split("&"))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
