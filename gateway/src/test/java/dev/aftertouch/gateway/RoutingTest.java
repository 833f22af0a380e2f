package dev.aftertouch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest extends RunningGateway {
  @ParameterizedTest
  @CsvSource({
    "/api/campaigns, campaign",
    "/api/campaigns/7/versions/1, campaign",
    "/api/templates/7, campaign",
    "/api/presets, campaign",
    "/api/business, campaign",
    "/api/jobs, enrollment",
    "/api/customers/7, enrollment",
    "/api/erasures/7, enrollment",
    "/api/enrollments?status=active, enrollment",
    "/api/refusals, enrollment",
    "/api/messages, dispatch",
    "/api/suppressions, dispatch",
    "/api/consent/export, dispatch",
    "/api/reviews, dispatch",
    "/api/law, dispatch",
    "/api/breakers/email/resume, dispatch"
  })
  void leadsEachPathToItsService(String path, String service) {
    assertThat(send(signedIn(path)).body()).isEqualTo(service);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/w/resend/7", "/u/token", "/f/token"})
  void letsPublicPathsPassWithoutToken(String path) {
    HttpResponse<String> answer = send(request(path));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("dispatch");
  }

  @Test
  void handsARedirectThroughInsteadOfFollowingIt() {
    HttpResponse<String> answer = send(request("/l/abc"));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).contains("https://reviews.example/");
  }

  @Test
  void keepsPathQueryAndBodyAsTheyWere() throws Exception {
    String body = "To=%2B12125550100&Body=caf%C3%A9+%26+%3D&MessageSid=SM1";

    send(
        request("/w/twilio/7?a=b%20c&d=%C3%A9")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Twilio-Signature", "s1gn")
            .POST(BodyPublishers.ofString(body)));

    StubService.Seen seen = DISPATCH.seen.take();
    assertThat(seen.uri()).hasToString("/w/twilio/7?a=b%20c&d=%C3%A9");
    assertThat(seen.body()).isEqualTo(body);
    assertThat(seen.headers().getFirst("X-Twilio-Signature")).isEqualTo("s1gn");
  }

  @Test
  void keepsAMultipartUploadAsItWas() throws Exception {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"jobs.csv\"\r\n\r\na,b\r\n--b--\r\n";

    send(
        signedIn("/api/jobs/import")
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofString(body)));

    assertThat(ENROLLMENT.seen.take().body()).isEqualTo(body);
  }

  @Test
  void dropsWhateverClaimsAnIdentityOrARoute() throws Exception {
    send(
        signedIn("/api/campaigns")
            .header("X-Business-Id", "00000000-0000-4000-8000-000000000002")
            .header("X-User", "root")
            .header("X-Role", "owner")
            .header("X-Forwarded-User", "root")
            .header("X-Forwarded-Host", "evil.example")
            .header("X-Forwarded-For", "10.1.2.3")
            .header("Forwarded", "for=10.1.2.3")
            .header("X-Original-URL", "/api/business")
            .header("Cookie", "JSESSIONID=1")
            .header("Idempotency-Key", "k1"));

    StubService.Seen seen = CAMPAIGN.seen.take();
    assertThat(seen.headers())
        .doesNotContainKeys(
            "X-business-id",
            "X-user",
            "X-role",
            "X-forwarded-user",
            "X-forwarded-host",
            "Forwarded",
            "X-original-url",
            "Cookie");
    assertThat(seen.headers().getFirst("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(seen.headers().getFirst("Idempotency-Key")).isEqualTo("k1");
    assertThat(seen.headers().getFirst("Authorization")).startsWith("Bearer ");
  }

  @Test
  void letsAServicesOwnSecurityHeadersStandAndFillsTheGaps() {
    HttpResponse<String> answer = send(request("/f/strict"));

    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers().allValues("X-Frame-Options")).containsExactly("DENY");
  }

  @Test
  void keepsATokenAwayFromPublicPaths() throws Exception {
    send(signedIn("/u/token"));

    assertThat(DISPATCH.seen.take().headers()).doesNotContainKey("Authorization");
  }

  @Test
  void namesTheServiceThatIsDown() {
    HttpResponse<String> answer = send(signedIn("/api/analytics/overview"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer.body()))
        .containsAllEntriesOf(
            Map.of(
                "type", "urn:aftertouch:problem:service_unavailable",
                "status", 503,
                "detail", "analytics-service does not answer at the moment; try again shortly.",
                "instance", "/api/analytics/overview"));
  }

  @Test
  void asksAnalyticsForTheTimelineOfAnEnrollmentAndOfNothingElse() throws Exception {
    HttpResponse<String> timeline = send(signedIn("/api/enrollments/e-1/timeline"));
    assertThat(timeline.statusCode()).isEqualTo(503);
    assertThat(timeline.body()).contains("analytics-service");

    assertThat(send(signedIn("/api/enrollments/e-1")).statusCode()).isEqualTo(200);
    assertThat(ENROLLMENT.seen.take().uri().getPath()).isEqualTo("/api/enrollments/e-1");
  }

  @Test
  void givesUpOnAServiceThatIsTooSlow() {
    HttpResponse<String> answer = send(signedIn("/api/campaigns/slow"));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(json(answer.body())).containsEntry("type", "urn:aftertouch:problem:service_timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/api/unknown", "/local", "/index.html", "/actuator/env"})
  void answersAnyOtherPathWithAProblem(String path) {
    HttpResponse<String> answer = send(signedIn(path));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer.body()))
        .containsEntry("type", "urn:aftertouch:problem:not_found")
        .containsEntry("instance", path);
  }

  @ParameterizedTest
  @CsvSource({"/w/resend/7, 262144", "/api/campaigns, 1048576", "/api/jobs/import, 10485760"})
  void takesABodyUpToItsLimitAndNotAByteMore(String path, int limit) {
    assertThat(send(signedIn(path).POST(declared(limit))).statusCode()).isEqualTo(200);
    assertThat(send(signedIn(path).POST(declared(limit + 1))).statusCode()).isEqualTo(413);
  }

  @Test
  void cutsOffABodyThatDidNotDeclareItsLength() {
    HttpResponse<String> answer =
        send(
            request("/w/resend/7")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[256 * 1024 + 1]))));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(json(answer.body())).containsEntry("type", "urn:aftertouch:problem:body_too_large");
  }

  @Test
  void showsALandingPageWithSecurityHeaders() {
    HttpResponse<String> answer = send(request("/"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<h1>Aftertouch</h1>");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(send(request("/aftertouch.css")).headers().firstValue("Content-Type"))
        .contains("text/css");
  }

  @Test
  void tellsThatItIsReady() {
    assertThat(send(request("/actuator/health/readiness")).statusCode()).isEqualTo(200);
    assertThat(send(request("/actuator/health/liveness")).statusCode()).isEqualTo(200);
  }

  private static java.net.http.HttpRequest.BodyPublisher declared(int bytes) {
    return BodyPublishers.ofByteArray(new byte[bytes]);
  }
}
